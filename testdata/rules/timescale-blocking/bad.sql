CREATE MATERIALIZED VIEW hourly WITH (timescaledb.continuous) AS
-- expect: timescale-blocking: lasts until
SELECT time_bucket('1 hour', at) AS hour, avg(celsius) FROM readings GROUP BY 1;
BEGIN;
CREATE MATERIALIZED VIEW daily WITH (timescaledb.continuous) AS
-- expect: timescale-blocking: refuses
SELECT time_bucket('1 day', at) AS day, avg(celsius) FROM readings GROUP BY 1
WITH DATA;
COMMIT;
CREATE MATERIALIZED VIEW IF NOT EXISTS weekly
-- expect: timescale-blocking
WITH (timescaledb.continuous = true, timescaledb.materialized_only = false) AS
SELECT time_bucket('7 days', at) AS week, avg(celsius) FROM readings GROUP BY 1;
