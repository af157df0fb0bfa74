-- What is on the column goes with it when it is dropped in the end.
ALTER TABLE fields RENAME COLUMN id TO field_id;
-- expect: renaming-column: Add field_id with the old one's indexes and constraints, write both, copy the old values
ALTER TABLE wells RENAME COLUMN water TO flow;
-- expect: renaming-column: Add flow, write both, copy the old values
