CREATE TABLE trips (id bigint PRIMARY KEY, began date) PARTITION BY RANGE (began);
-- expect: invalid-partition-key-constraint: began
CREATE TABLE tours (id bigint, a int, b int, UNIQUE (id, a)) PARTITION BY HASH (a, b);
--                                           ^ expect: invalid-partition-key-constraint: b
ALTER TABLE legs ADD CONSTRAINT legs_pkey PRIMARY KEY (id);
--                   ^ expect: invalid-partition-key-constraint: legs
