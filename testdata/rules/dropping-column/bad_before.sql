-- What follows cannot be done while the column is there.
ALTER TABLE samples DROP COLUMN kind;
-- expect: dropping-column: in a later migration, before its type.
DROP TYPE IF EXISTS kind_of_soil;

ALTER TABLE samples DROP COLUMN taken;
-- expect: dropping-column: give it a default so that inserts without it work, and drop it in a later migration, before the new primary key.
ALTER TABLE samples ADD PRIMARY KEY (field);

-- The key has nothing to do with this one.
ALTER TABLE samples DROP COLUMN ph;
-- expect: dropping-column: drop it in a later migration.

-- Inserts need not give it.
ALTER TABLE readings DROP COLUMN n;
-- expect: dropping-column: names the column first, and drop it
