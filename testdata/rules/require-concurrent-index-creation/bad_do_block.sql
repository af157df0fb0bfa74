-- A DO block may have made anything, so what it names is unknown: still worth
-- a warning.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'hourly') THEN
        CREATE TABLE hourly (id bigint, station_id integer);
    END IF;
END
$$;
CREATE INDEX hourly_station_idx ON hourly (station_id);
-- expect: require-concurrent-index-creation: hourly
