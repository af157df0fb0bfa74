CREATE MATERIALIZED VIEW hourly WITH (timescaledb.continuous) AS
SELECT time_bucket('1 hour', at) AS hour, avg(celsius) FROM readings GROUP BY 1
WITH NO DATA;
-- one of PostgreSQL's own
CREATE MATERIALIZED VIEW plain AS SELECT avg(celsius) FROM readings;
CREATE MATERIALIZED VIEW lean WITH (fillfactor = 70) AS SELECT avg(celsius) FROM readings;
CREATE TABLE copy AS SELECT * FROM readings;
