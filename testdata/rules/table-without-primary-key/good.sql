CREATE TABLE trips (id bigint, began date);
ALTER TABLE trips ADD PRIMARY KEY (id);
CREATE TABLE tours (id bigint PRIMARY KEY);
CREATE TEMP TABLE moved (id bigint);
CREATE UNLOGGED TABLE staged (id bigint);
CREATE TABLE gone (id bigint);
DROP TABLE gone;
