-- +goose Up
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text);
CREATE INDEX trucks_plate_idx ON trucks (plate);
