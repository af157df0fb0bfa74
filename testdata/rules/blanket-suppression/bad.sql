-- config: select=all
-- tusklint: ignore
-- expect: blanket-suppression
CREATE INDEX casks_idx ON casks (id);
