CREATE TABLE growers (id bigint PRIMARY KEY);
CREATE TABLE fields (
    id bigint PRIMARY KEY,
    grower_id bigint REFERENCES growers (id),
    owner_id bigint REFERENCES growers (id),
    agent_id bigint UNIQUE REFERENCES growers (id)
);
CREATE INDEX fields_grower_id_idx ON fields (grower_id, id);
-- NULLs refer to nothing, so an index that leaves them out is enough.
CREATE INDEX fields_owner_id_idx ON fields (owner_id) WHERE owner_id IS NOT NULL;
CREATE TABLE pairs (a bigint, b bigint, PRIMARY KEY (a, b));
CREATE TABLE others (x bigint, b bigint, a bigint, FOREIGN KEY (a, b) REFERENCES pairs (a, b));
CREATE INDEX others_ba_idx ON others (b, a, x);
-- Of one row, all is read in an instant.
CREATE TABLE turn (
    now boolean NOT NULL DEFAULT true UNIQUE CHECK (now IS TRUE),
    grower_id bigint NOT NULL REFERENCES growers (id)
);
CREATE TABLE season (
    id integer PRIMARY KEY CHECK (id = 1),
    grower_id bigint REFERENCES growers (id)
);
