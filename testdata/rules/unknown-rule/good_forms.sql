-- config: select=all
-- another linter's comment, with a name of its own
-- squawk-ignore some-rule-of-theirs
CREATE TABLE b (id bigint PRIMARY KEY);
-- tusklint: ignore[tl101] in small letters
CREATE INDEX casks_idx ON casks (id);
