DROP INDEX IF EXISTS {{index .Options "Schema"}}.tokens_token_idx;
