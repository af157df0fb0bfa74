-- While the old key is there, the statement's new one is refused.
ALTER TABLE probes DROP COLUMN id, ADD PRIMARY KEY (lab);
-- expect: dropping-column: give it a default so that inserts without it work, and drop it in a later migration, before the new primary key.
ALTER TABLE labs DROP COLUMN id CASCADE;
-- expect: dropping-column: in a later migration.
