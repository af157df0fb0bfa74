-- Observations of a weather network; every form of the statement that builds
-- over rows which somebody is writing.
DROP INDEX CONCURRENTLY IF EXISTS readings_station_idx;
create index CONCURRENTLY if not exists readings_station_idx on readings (station_id);
-- expect: require-concurrent-index-creation: readings

CREATE /* why not CONCURRENTLY? */ INDEX CONCURRENTLY readings_taken_idx ON readings (taken_at DESC NULLS LAST);
-- expect: require-concurrent-index-creation

    /* a note above it */ CREATE UNIQUE INDEX CONCURRENTLY readings_once_key
--                        ^ expect: require-concurrent-index-creation
        ON public."readings" (station_id, taken_at)
        NULLS NOT DISTINCT
        WITH (fillfactor = 80);

CREATE INDEX CONCURRENTLY readings_payload_idx ON readings USING gin (payload jsonb_path_ops);
-- expect: require-concurrent-index-creation
CREATE INDEX CONCURRENTLY readings_day_idx ON readings USING brin (taken_at) WITH (pages_per_range = 32);
-- expect: require-concurrent-index-creation
CREATE INDEX CONCURRENTLY readings_hot_idx ON readings (station_id) INCLUDE (celsius) TABLESPACE fast WHERE celsius > 35;
-- expect: require-concurrent-index-creation
CREATE INDEX CONCURRENTLY "Index of Names" ON "Weather"."Station Names" ("Long Name" text_pattern_ops);
-- expect: require-concurrent-index-creation: "Weather"."Station Names"

-- Two statements on a line are two findings.
CREATE INDEX CONCURRENTLY readings_a_idx ON readings (celsius); CREATE INDEX CONCURRENTLY readings_b_idx ON readings (hpa);
-- expect: require-concurrent-index-creation
--                                                 ^ expect: require-concurrent-index-creation

-- ONLY says nothing of a plain table, and that an unlogged table is unlogged
-- does not make its writers wait less.
CREATE INDEX CONCURRENTLY spool_id_idx ON spool (id);
-- expect: require-concurrent-index-creation: spool

-- A partition is a table like others.
CREATE INDEX CONCURRENTLY alarms_2024_level_idx ON alarms_2024 (level);
-- expect: require-concurrent-index-creation

-- As many bytes in front of it as they like: columns count characters.
/* Überschrift 気象 */ CREATE INDEX CONCURRENTLY readings_hpa_idx ON readings (hpa);
--                   ^ expect: require-concurrent-index-creation
