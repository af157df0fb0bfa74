ALTER TABLE calls DETACH PARTITION calls_2024;
CREATE TABLE calls_2025 (LIKE calls INCLUDING DEFAULTS);
CREATE INDEX calls_2025_at_idx ON calls_2025 (at);
-- ok: require-concurrent-index-creation
ALTER TABLE calls ATTACH PARTITION calls_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX calls_2024_at_idx ON calls_2024 (at, line);
-- expect: require-concurrent-index-creation
