-- A copy with a key takes the table's place in the same transaction.
BEGIN;
ALTER TABLE trucks DROP CONSTRAINT trucks_pkey;
ALTER TABLE trucks RENAME TO trucks_old;
CREATE TABLE trucks (id bigint PRIMARY KEY);
COMMIT;
