-- While the old column stays for old code, no other one can have its name.
ALTER TABLE wells RENAME COLUMN depth TO depth_old;
-- expect: renaming-column: Give the other column a name of its own, add depth_old
ALTER TABLE wells ADD COLUMN depth text;
ALTER TABLE fields RENAME soil TO ground;
-- expect: renaming-column: old code then reads and writes the wrong one
ALTER TABLE fields RENAME COLUMN id TO soil;
-- expect: renaming-column
-- A column of another table takes nothing away.
ALTER TABLE wells RENAME COLUMN litres TO volume;
-- expect: renaming-column: then drop litres; or keep the name.
ALTER TABLE fields ADD COLUMN litres integer;
