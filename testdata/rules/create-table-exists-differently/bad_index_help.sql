CREATE INDEX IF NOT EXISTS far_idx ON trucks (mileage) WHERE mileage > 5000;
-- expect: create-table-exists-differently: no ALTER INDEX changes what an index holds
CREATE INDEX IF NOT EXISTS far_idx ON depots (city);
-- expect: create-table-exists-differently: Choose another name.
