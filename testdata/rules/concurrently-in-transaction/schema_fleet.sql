CREATE TABLE ships (id bigint PRIMARY KEY, flag text, tonnes integer);
CREATE INDEX ships_flag_idx ON ships (flag);
CREATE TABLE trips (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE trips_old PARTITION OF trips FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE MATERIALIZED VIEW flags AS SELECT flag, count(*) AS n FROM ships GROUP BY flag;
CREATE UNIQUE INDEX flags_key ON flags (flag);
