-- Whatever way a table comes about here, nobody waits for it yet.
CREATE TABLE IF NOT EXISTS forecasts (id bigint PRIMARY KEY, station_id integer, due timestamptz);
CREATE INDEX IF NOT EXISTS forecasts_station_idx ON forecasts (station_id);
-- ok: require-concurrent-index-creation

CREATE TABLE "Weather".masts AS SELECT 1 AS id, 2.5 AS height;
CREATE INDEX masts_id_idx ON "Weather".masts (id);
-- ok: require-concurrent-index-creation

SELECT id, celsius INTO frosts FROM readings WHERE celsius < 0;
CREATE INDEX frosts_celsius_idx ON frosts (celsius);
-- ok: require-concurrent-index-creation

CREATE TABLE readings_copy (LIKE readings INCLUDING ALL);
CREATE INDEX readings_copy_hpa_idx ON readings_copy (hpa);
-- ok: require-concurrent-index-creation

CREATE MATERIALIZED VIEW extremes AS SELECT station_id, max(celsius) AS top FROM readings GROUP BY 1;
CREATE UNIQUE INDEX extremes_station_key ON extremes (station_id);
-- ok: require-concurrent-index-creation

CREATE TABLE alarms_2025 PARTITION OF alarms FOR VALUES IN (3, 4);
CREATE INDEX alarms_2025_id_idx ON alarms_2025 (id);
-- ok: require-concurrent-index-creation

BEGIN;
CREATE TABLE gauges (id bigint);
INSERT INTO gauges SELECT generate_series(1, 1000000);
ALTER TABLE gauges RENAME TO rain_gauges;
CREATE INDEX rain_gauges_id_idx ON rain_gauges (id);
-- ok: require-concurrent-index-creation
ALTER TABLE rain_gauges SET SCHEMA "Weather";
CREATE INDEX rain_gauges_again_idx ON "Weather".rain_gauges (id);
-- ok: require-concurrent-index-creation
COMMIT;

-- A name without a schema means the temporary table first.
CREATE TEMP TABLE readings_today ON COMMIT DROP AS SELECT * FROM readings;
CREATE INDEX ON readings_today (taken_at);
-- ok: require-concurrent-index-creation
CREATE TEMPORARY TABLE spool (id bigint);
CREATE INDEX ON spool (id);
-- ok: require-concurrent-index-creation

SET search_path TO "Weather", public;
CREATE TABLE buoys (id bigint, sea text);
CREATE INDEX buoys_sea_idx ON "Weather".buoys (sea);
-- ok: require-concurrent-index-creation
