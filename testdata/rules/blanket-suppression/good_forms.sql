-- config: select=all
-- a reason behind the names
CREATE INDEX casks_idx ON casks (id); -- tusklint: ignore[TL101] small table
-- two names
-- tusklint: ignore[require-concurrent-index-deletion, missing-lock-timeout] offline
DROP INDEX old_casks_idx;
CREATE INDEX casks_age_idx ON casks (age); /* tusklint: ignore[TL101] small table */
