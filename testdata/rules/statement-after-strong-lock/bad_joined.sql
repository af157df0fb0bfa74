-- A column of another table is no key to look it up by: both are read.
BEGIN;
ALTER TABLE depots ADD COLUMN gates integer;
UPDATE trucks SET mileage = 0 FROM trips WHERE trips.truck_id = trucks.id;
-- expect: statement-after-strong-lock: Nobody can use depots while trucks is read whole
COMMIT;

BEGIN;
ALTER TABLE depots ADD COLUMN lamps integer;
DELETE FROM fares AS f USING trips AS t JOIN trucks AS k ON k.id = t.truck_id
-- expect: statement-after-strong-lock: fares is read whole
 WHERE f.id = t.id AND k.retired;
COMMIT;

BEGIN;
ALTER TABLE depots ADD COLUMN doors integer;
UPDATE trucks SET mileage = t.n
-- expect: statement-after-strong-lock: trucks is read whole
  FROM (SELECT truck_id, count(*) AS n FROM trips GROUP BY truck_id) AS t
 WHERE t.truck_id = trucks.id;
COMMIT;
