CREATE TABLE calls (id bigint, at timestamptz NOT NULL, line integer) PARTITION BY RANGE (at);
CREATE TABLE calls_2024 PARTITION OF calls FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE calls_rest PARTITION OF calls DEFAULT;
