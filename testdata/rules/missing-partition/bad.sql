CREATE TABLE legs (id bigint, began date) PARTITION BY RANGE (began);
CREATE TABLE legs_2024 PARTITION OF legs FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE legs_2025 PARTITION OF legs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- expect: missing-partition: refuses rows from 2026-01-01 on
CREATE TABLE tolls (id bigint, at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE tolls_old PARTITION OF tolls FOR VALUES FROM (MINVALUE) TO ('2025-01-01 00:00:00+00');
CREATE TABLE tolls_may PARTITION OF tolls FOR VALUES FROM ('2025-01-01') TO ('2025-05-01');
-- expect: missing-partition: from 2025-05-01 to 2025-06-01
CREATE TABLE tolls_new PARTITION OF tolls FOR VALUES FROM ('2025-06-01') TO (MAXVALUE);
CREATE TABLE boxes (id bigint) PARTITION BY RANGE (id);
CREATE TABLE boxes_9 PARTITION OF boxes FOR VALUES FROM (0) TO (900);
CREATE TABLE boxes_10 (id bigint);
-- expect: missing-partition: from 1000 on
ALTER TABLE boxes ATTACH PARTITION boxes_10 FOR VALUES FROM (900) TO (1000);
