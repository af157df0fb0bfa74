CREATE TABLE tolls (gate integer, paid date, toll numeric) PARTITION BY RANGE (paid, gate);
-- expect: table-without-primary-key: those of the partition key (paid,gate) must be among them.
CREATE TABLE tolls_2031 PARTITION OF tolls DEFAULT;

CREATE TABLE ferries (pier integer, sailed date) PARTITION BY LIST (pier);
-- expect: table-without-primary-key: (pier) must be among them, and those by which its partitions are divided.
CREATE TABLE ferries_1 PARTITION OF ferries FOR VALUES IN (1) PARTITION BY RANGE (sailed);
