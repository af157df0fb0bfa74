CREATE TYPE claim_state AS ENUM ('new', 'open', 'paid');
CREATE SCHEMA ins;
CREATE TABLE ins.claims (
    id bigint PRIMARY KEY,
    state claim_state NOT NULL,
    kind text NOT NULL,
    "Branch" varchar(20),
    ref text UNIQUE,
    score integer,
    note text
);
CREATE INDEX claims_state_idx ON ins.claims (state);
CREATE INDEX claims_kind_id_idx ON ins.claims (kind, id);
CREATE INDEX claims_branch_idx ON ins.claims ("Branch");
CREATE INDEX claims_score_idx ON ins.claims (score);
CREATE TABLE letters (id bigint PRIMARY KEY, status text NOT NULL, claim_id bigint NOT NULL);
CREATE INDEX letters_status_idx ON letters (status);
CREATE INDEX letters_open_idx ON letters (id) WHERE status <> 'sent';
CREATE TEMPORARY TABLE batch (state text);
CREATE INDEX batch_state_idx ON batch (state);
