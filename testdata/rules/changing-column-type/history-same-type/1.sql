CREATE TYPE state AS ENUM ('open', 'aborting', 'done');
CREATE TABLE crates (id bigint PRIMARY KEY, state state NOT NULL);
