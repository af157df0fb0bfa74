-- config: select=all
-- tusklint: ignore[require-concurrent-index-creation] a reason
CREATE INDEX casks_idx ON casks (id);
