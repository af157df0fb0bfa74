CREATE TABLE trips (id bigint, toll numeric(12, 2), currency text);
ALTER TABLE trips ADD COLUMN cents bigint;
CREATE TEMP TABLE moved (at money);
