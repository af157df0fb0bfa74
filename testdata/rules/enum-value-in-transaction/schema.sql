CREATE TYPE kind AS ENUM ('rest');
CREATE TABLE stops (id bigint PRIMARY KEY, kind kind);
