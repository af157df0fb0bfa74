-- config: select=all
CREATE INDEX casks_idx ON casks (id); -- tusklint: ignore
--                                    ^ expect: blanket-suppression
/* tusklint: ignore */
-- expect: blanket-suppression
CREATE INDEX casks_again_idx ON casks (age);
