UPDATE trucks SET mileage = 0 WHERE mileage IS NULL;
DELETE FROM trucks USING depots d WHERE depot_id = d.id AND d.city = 'Ulm';
CREATE TABLE ramps (id bigint PRIMARY KEY, wide boolean);
UPDATE ramps SET wide = true;
CREATE TEMP TABLE moved (id bigint);
DELETE FROM moved;
TRUNCATE depots;
DELETE FROM depots;
