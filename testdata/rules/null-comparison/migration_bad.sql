ALTER TABLE crates ADD CONSTRAINT crates_check CHECK (emptied_at = NULL) NOT VALID;
--                                                    ^ expect: null-comparison
CREATE INDEX crates_open_idx ON crates (id) WHERE emptied_at = NULL;
-- expect: null-comparison
