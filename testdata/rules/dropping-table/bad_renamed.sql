-- The rows go, whatever the table is called by then.
ALTER TABLE depots RENAME TO yards;
DROP TABLE yards;
-- expect: dropping-table: Dropping yards deletes its rows.

-- The new table has the name and none of the rows.
ALTER TABLE trucks RENAME TO trucks_old;
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text);
INSERT INTO trucks (id, plate) VALUES (1, 'none');
DROP TABLE IF EXISTS trucks_old;
-- expect: dropping-table: Dropping trucks_old deletes its rows.

-- Not all of them.
ALTER TABLE yard."Trailers" RENAME TO "Trailers_old";
CREATE TABLE yard."Trailers" (id bigint PRIMARY KEY);
INSERT INTO yard."Trailers" SELECT id FROM yard."Trailers_old" WHERE axles > 1;
DROP TABLE yard."Trailers_old";
-- expect: dropping-table: Dropping yard."Trailers_old" deletes its rows.
