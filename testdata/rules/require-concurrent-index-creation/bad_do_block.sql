-- Perhaps it was made, perhaps it was there: still worth a warning.
DO $$
BEGIN
    IF current_setting('server_version_num')::int > 150000 THEN
        CREATE TABLE hourly (id bigint, station_id integer);
    END IF;
END
$$;
CREATE INDEX hourly_station_idx ON hourly (station_id);
-- expect: require-concurrent-index-creation: hourly
