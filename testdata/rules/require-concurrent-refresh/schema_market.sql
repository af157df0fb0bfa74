CREATE TABLE sales (id bigint PRIMARY KEY, stall text, day date, cents bigint);
CREATE MATERIALIZED VIEW "Daily" AS SELECT day, sum(cents) AS cents FROM sales GROUP BY day;
CREATE UNIQUE INDEX daily_day_key ON "Daily" (day);
CREATE MATERIALIZED VIEW by_stall AS SELECT stall, sum(cents) AS cents FROM sales GROUP BY stall;
CREATE UNIQUE INDEX by_stall_key ON by_stall (lower(stall));
CREATE MATERIALIZED VIEW top AS SELECT stall, max(cents) AS cents FROM sales GROUP BY stall;
CREATE UNIQUE INDEX top_key ON top (stall) WHERE cents > 100;
CREATE INDEX top_idx ON top (stall);
CREATE MATERIALIZED VIEW planned AS SELECT id FROM sales WITH NO DATA;
