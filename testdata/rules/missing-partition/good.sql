-- a DEFAULT partition takes the rest
CREATE TABLE legs (id bigint, began date) PARTITION BY RANGE (began);
CREATE TABLE legs_2025 PARTITION OF legs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE legs_rest PARTITION OF legs DEFAULT;
-- no end, no gap, in no order
CREATE TABLE tolls (id bigint) PARTITION BY RANGE (id);
CREATE TABLE tolls_b PARTITION OF tolls FOR VALUES FROM (900) TO (MAXVALUE);
CREATE TABLE tolls_a PARTITION OF tolls FOR VALUES FROM (MINVALUE) TO (900);
-- partitions are made at run time
CREATE TABLE rides (id bigint, at date) PARTITION BY RANGE (at);
-- by list and by hash
CREATE TABLE towns (id bigint, land text) PARTITION BY LIST (land);
CREATE TABLE towns_de PARTITION OF towns FOR VALUES IN ('de');
CREATE TABLE keys (id bigint) PARTITION BY HASH (id);
CREATE TABLE keys_0 PARTITION OF keys FOR VALUES WITH (MODULUS 2, REMAINDER 0);
-- bounds that are not read: two columns, an expression
CREATE TABLE pairs (a int, b int) PARTITION BY RANGE (a, b);
CREATE TABLE pairs_1 PARTITION OF pairs FOR VALUES FROM (0, 0) TO (10, 0);
CREATE TABLE days (at date) PARTITION BY RANGE (at);
CREATE TABLE days_1 PARTITION OF days FOR VALUES FROM (current_date) TO (current_date + 1);
