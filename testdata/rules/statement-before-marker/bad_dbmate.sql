CREATE TYPE grade AS ENUM ('a', 'b');
-- expect: statement-before-marker
-- migrate:up
CREATE TABLE harvests (id bigint PRIMARY KEY);
-- migrate:down
DROP TABLE harvests;
