CREATE SCHEMA yard;
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text UNIQUE, CONSTRAINT sane CHECK (id > 0));
CREATE TABLE yard."Trailers" (id bigint, CONSTRAINT "Key" PRIMARY KEY (id));
CREATE TABLE yard.docks (id bigint PRIMARY KEY, name text);
