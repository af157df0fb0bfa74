CREATE TABLE {{ index .Options "Schema" }}.tokens (id bigint PRIMARY KEY, token text UNIQUE);
CREATE INDEX tokens_token_idx ON {{index .Options "Schema"}}.tokens (token);
-- expect: redundant-primary-key-index
