-- migrate:up transaction:false
CREATE INDEX CONCURRENTLY cellars_id_idx ON cellars (id);
-- migrate:down transaction:false
DROP INDEX CONCURRENTLY cellars_id_idx;
