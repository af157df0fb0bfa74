CREATE TABLE crates (
    id bigint PRIMARY KEY,
    label text CHECK (label = NULL OR length(label) > 2),
--                    ^ expect: null-comparison: refuses a row only for what is false
    weight integer,
    CONSTRAINT crates_weight CHECK (weight > 0 AND NOT (weight <> NULL))
--                                                      ^ expect: null-comparison: this is never that
);
CREATE DOMAIN size AS integer CHECK (VALUE = NULL OR VALUE < 9);
--                                   ^ expect: null-comparison: refuses a row only
-- Here unknown does not come through.
ALTER TABLE crates ADD CHECK ((label = NULL) IS TRUE);
--                             ^ expect: null-comparison: WHERE keeps
CREATE INDEX crates_heavy ON crates (id) WHERE weight = NULL;
--                                             ^ expect: null-comparison: WHERE keeps
