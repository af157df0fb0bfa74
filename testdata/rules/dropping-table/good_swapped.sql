-- A copy takes the table's place: what is dropped has a name that nobody knows.
CREATE TABLE trucks_new (LIKE trucks INCLUDING ALL);
ALTER TABLE trucks RENAME TO trucks_old;
INSERT INTO trucks_new SELECT * FROM trucks_old;
DROP TABLE trucks_old;
ALTER TABLE trucks_new RENAME TO trucks;
