-- While the column is there, its foreign key keeps the other table, too.
ALTER TABLE probes DROP COLUMN lab;
-- expect: dropping-column: make it nullable so that inserts without it work, and drop it in a later migration, before labs.
ALTER TABLE probes DROP COLUMN note;
-- expect: dropping-column: in a later migration.
DROP TABLE labs;
