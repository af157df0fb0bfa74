-- Each statement is a transaction of its own here.
ALTER TABLE trucks ADD COLUMN class text;
UPDATE trucks SET class = 'heavy' WHERE mileage > 100000;

-- Another table.
BEGIN;
ALTER TABLE trucks ADD COLUMN note text;
UPDATE depots SET city = trim(city);
COMMIT;

-- The rows come first: the lock is held for an instant.
BEGIN;
UPDATE trips SET truck_id = NULL WHERE truck_id = 0;
ALTER TABLE trips ADD COLUMN ended date;
COMMIT;

-- Nobody knows this one yet.
BEGIN;
CREATE TABLE fuel_stops (id bigint PRIMARY KEY, litres integer);
ALTER TABLE fuel_stops ADD COLUMN price numeric;
UPDATE fuel_stops SET price = 1;
COMMIT;

-- The lock went with its savepoint.
BEGIN;
SAVEPOINT tried;
ALTER TABLE depots ADD COLUMN zone text;
ROLLBACK TO tried;
UPDATE depots SET city = 'Bremen' WHERE id = 4;
COMMIT;

-- ... or with its transaction.
BEGIN;
ALTER TABLE depots ADD COLUMN zone text;
COMMIT;
BEGIN;
UPDATE depots SET zone = 'north';
COMMIT;
