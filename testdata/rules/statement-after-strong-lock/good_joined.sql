-- Few rows of the other table, and of this one so many look-ups.
BEGIN;
ALTER TABLE depots ADD COLUMN gates integer;
UPDATE trucks SET mileage = 0 FROM trips WHERE trips.truck_id = trucks.id AND trips.id = 7;
UPDATE trucks SET mileage = 0 FROM fares WHERE fares.price = trucks.id AND fares.zone = 'a';
UPDATE trucks SET mileage = 0 FROM trips JOIN fares ON fares.id = trips.id AND fares.zone = 'a'
 WHERE trips.truck_id = trucks.id;
UPDATE trucks SET mileage = 0 FROM one_row WHERE one_row.id = trucks.id;
UPDATE trucks SET mileage = 0 FROM (SELECT truck_id FROM trips ORDER BY id LIMIT 9) AS t
 WHERE t.truck_id = trucks.id;
CREATE TEMP TABLE picked (id bigint);
UPDATE trucks SET mileage = 0 FROM picked WHERE picked.id = trucks.id;
COMMIT;

-- A key of its own; one side or the other; a part of itself.
BEGIN;
ALTER TABLE depots ADD COLUMN lamps integer;
UPDATE trucks SET mileage = 0 FROM trips WHERE trips.truck_id = trucks.id AND trucks.id = 3;
UPDATE trucks SET mileage = 0 FROM trips WHERE trips.truck_id = trucks.id OR trips.id = trucks.id;
UPDATE trucks SET mileage = t.mileage FROM trucks AS t WHERE t.id = trucks.id;
UPDATE trucks SET mileage = 0 FROM trips WHERE trips.truck_id < trucks.id;
COMMIT;
