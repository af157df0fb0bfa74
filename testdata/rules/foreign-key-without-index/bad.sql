CREATE TABLE growers (id bigint PRIMARY KEY);
CREATE TABLE fields (
    id bigint PRIMARY KEY,
    grower_id bigint REFERENCES growers (id) ON DELETE CASCADE,
-- expect: foreign-key-without-index: every DELETE in growers
    owner_id bigint,
    CONSTRAINT fields_owner_fkey FOREIGN KEY (owner_id) REFERENCES growers (id)
-- expect: foreign-key-without-index
);
CREATE TABLE pairs (a bigint, b bigint, PRIMARY KEY (a, b));
CREATE TABLE halves (a bigint, b bigint, FOREIGN KEY (a, b) REFERENCES pairs (a, b));
-- expect: foreign-key-without-index: only a leads an index
CREATE INDEX halves_a_idx ON halves (a);
