CREATE TABLE a_log (id bigint, d date, k text) PARTITION BY RANGE (d);
CREATE TABLE a_log_1 PARTITION OF a_log FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX a_log_1_down ON a_log_1 (id DESC, k NULLS FIRST);
CREATE INDEX a_log_up ON a_log (id, k);
CREATE INDEX a_log_again ON a_log (id, k);
ALTER TABLE a_log_1 ADD CONSTRAINT a_log_1_c UNIQUE (d, k);
CREATE UNIQUE INDEX a_log_u ON a_log (d, k);
CREATE UNIQUE INDEX a_log_1_i ON a_log_1 (d, id);
ALTER TABLE a_log ADD CONSTRAINT a_log_key UNIQUE (d, id);
