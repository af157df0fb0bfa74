BEGIN;
ALTER TABLE legs DETACH PARTITION legs_2025;
-- expect: require-concurrent-detach: legs
COMMIT;
