-- Each statement by itself.
CREATE INDEX trucks_plate_idx ON trucks (plate);
CREATE INDEX CONCURRENTLY trucks_depot_idx
    ON trucks (depot_id);
ALTER TABLE legs ADD COLUMN km integer;
ALTER TABLE trucks ADD CONSTRAINT trucks_depot_fkey
    FOREIGN KEY (depot_id) REFERENCES depots (id);
COMMENT ON TABLE depots IS 'größer als gedacht';
CREATE TABLE ramps (id bigint PRIMARY KEY, depot_id bigint REFERENCES depots);
UPDATE trucks SET plate = NULL WHERE id = 1;
SELECT 1;
