DROP INDEX CONCURRENTLY IF EXISTS cellars_region_idx;

CREATE TABLE racks (id bigint);
CREATE INDEX racks_id_idx ON racks (id);
DROP INDEX racks_id_idx;

-- Not possible on a partitioned table's index.
DROP INDEX tastings_held_on_idx;
