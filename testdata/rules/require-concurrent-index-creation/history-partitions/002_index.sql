-- The way that a partitioned table is indexed without stopping it.
CREATE INDEX calls_line_idx ON ONLY calls (line);
-- ok: require-concurrent-index-creation
CREATE INDEX CONCURRENTLY calls_2024_line_idx ON calls_2024 (line);
-- ok: require-concurrent-index-creation
CREATE INDEX calls_rest_line_idx ON calls_rest (line);
-- expect: require-concurrent-index-creation
ALTER INDEX calls_line_idx ATTACH PARTITION calls_2024_line_idx;
ALTER INDEX calls_line_idx ATTACH PARTITION calls_rest_line_idx;
-- Another rule's, because there is no concurrent way.
CREATE INDEX calls_at_idx ON calls (at);
-- ok: require-concurrent-index-creation
