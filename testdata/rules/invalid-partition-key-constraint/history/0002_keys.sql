ALTER TABLE legs ADD CONSTRAINT legs_key UNIQUE (id);
-- expect: invalid-partition-key-constraint
ALTER TABLE stops ADD CONSTRAINT stops_key UNIQUE (id);
