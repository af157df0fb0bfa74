CREATE TABLE readings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    station_id integer NOT NULL,
    taken_at timestamptz NOT NULL,
    celsius numeric(5, 2),
    hpa numeric(6, 1),
    payload jsonb
);
CREATE SCHEMA "Weather";
CREATE TABLE "Weather"."Station Names" ("Station" integer PRIMARY KEY, "Long Name" text);
CREATE UNLOGGED TABLE spool (id bigint, line text);
CREATE TABLE alarms (id bigint, level smallint NOT NULL) PARTITION BY LIST (level);
CREATE TABLE alarms_2024 PARTITION OF alarms FOR VALUES IN (1, 2);
