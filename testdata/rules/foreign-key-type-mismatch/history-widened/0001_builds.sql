CREATE TABLE builds (id bigint PRIMARY KEY);
CREATE TABLE notes (build_id integer REFERENCES builds (id));
CREATE TABLE marks (build_id integer REFERENCES builds (id));
--                                   ^ expect: foreign-key-type-mismatch
