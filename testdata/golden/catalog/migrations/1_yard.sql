CREATE SCHEMA yard;
CREATE TYPE yard.state AS ENUM ('new', 'used');
CREATE TABLE yard.trucks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    plate varchar(12) NOT NULL UNIQUE,
    state yard.state DEFAULT 'new',
    tags text[],
    weight numeric(8, 2) CHECK (weight > 0),
    tons numeric GENERATED ALWAYS AS (weight / 1000) STORED
);
CREATE TABLE yard.trips (
    id bigint PRIMARY KEY,
    truck_id bigint REFERENCES yard.trucks ON DELETE CASCADE DEFERRABLE,
    at timestamptz NOT NULL,
    km int
);
