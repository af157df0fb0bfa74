-- Allowed in one.
BEGIN;
ANALYZE ships;
CLUSTER ships USING ships_flag_idx;
REINDEX TABLE ships;
REINDEX INDEX ships_flag_idx;
REFRESH MATERIALIZED VIEW CONCURRENTLY flags;
ALTER TABLE trips DETACH PARTITION trips_old;
ALTER DATABASE fleet SET work_mem = '8MB';
COMMIT;

-- Between transactions and after them there is none.
VACUUM ships;
BEGIN; SELECT 1; END;
DROP INDEX CONCURRENTLY ships_flag_idx;
BEGIN;
ROLLBACK;
CREATE INDEX CONCURRENTLY ships_tonnes_idx ON ships (tonnes);

-- These BEGINs open blocks of code, not transactions.
CREATE FUNCTION heavy() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT count(*) FROM ships WHERE tonnes > 100000);
END
$$;
CREATE FUNCTION light() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM ships; END;
DO $$ BEGIN PERFORM 1; END $$;
/* BEGIN; */
COMMENT ON TABLE ships IS 'BEGIN;';
VACUUM (ANALYZE) ships;
