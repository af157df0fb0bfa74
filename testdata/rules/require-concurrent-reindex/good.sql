REINDEX INDEX CONCURRENTLY cellars_region_idx;
REINDEX TABLE CONCURRENTLY cellars;
CREATE TABLE racks (id bigint PRIMARY KEY);
REINDEX TABLE racks;
-- There is nothing to build anew.
TRUNCATE cellars;
REINDEX TABLE cellars;
