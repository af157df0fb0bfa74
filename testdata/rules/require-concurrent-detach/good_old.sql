-- config: pg-version=13
ALTER TABLE legs DETACH PARTITION legs_2025;
