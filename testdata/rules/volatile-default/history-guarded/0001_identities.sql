CREATE TABLE {{ index .Options "Schema" }}.identities (id text, provider text, PRIMARY KEY (provider, id));
