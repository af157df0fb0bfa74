-- Lines that end as on Windows, behind a byte order mark.
CREATE INDEX readings_taken_idx
-- expect: require-concurrent-index-creation
    ON readings (taken_at);
CREATE INDEX readings_hpa_idx ON readings (hpa);
-- expect: require-concurrent-index-creation
