CREATE TABLE IF NOT EXISTS trucks (
    id bigint PRIMARY KEY,
    plate text,
--  ^ expect: create-table-exists-differently: as varchar(10) and not as text
    colour text
--  ^ expect: create-table-exists-differently: has no column colour
);
ALTER TABLE trucks ADD COLUMN IF NOT EXISTS mileage bigint;
-- expect: create-table-exists-differently: as integer and not as bigint
CREATE INDEX CONCURRENTLY IF NOT EXISTS trucks_plate_idx ON depots (city);
-- expect: create-table-exists-differently: trucks_plate_idx is an index of trucks
CREATE UNIQUE INDEX IF NOT EXISTS trucks_plate_idx ON trucks (plate);
-- expect: create-table-exists-differently: with another definition
CREATE INDEX IF NOT EXISTS far_idx ON trucks (mileage);
-- expect: create-table-exists-differently
