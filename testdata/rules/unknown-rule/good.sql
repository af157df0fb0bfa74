-- config: select=all
-- tusklint: ignore[TL101] by its id
CREATE INDEX casks_idx ON casks (id);
