ALTER TABLE legs ATTACH PARTITION legs_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- expect: attaching-partition: reads all of legs_2024
-- The CHECK is about another year.
ALTER TABLE legs ATTACH PARTITION legs_2023 FOR VALUES FROM ('2022-01-01') TO ('2023-01-01');
-- expect: attaching-partition: reads all of legs_2023
-- Its own CHECK does not help the DEFAULT partition.
ALTER TABLE yard."Stops" ATTACH PARTITION stops_wash FOR VALUES IN ('wash');
-- expect: attaching-partition: DEFAULT partition of yard."Stops"
ALTER TABLE plans ATTACH PARTITION nobody_knows FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- expect: attaching-partition: nobody_knows
