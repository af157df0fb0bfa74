CREATE SCHEMA court;
CREATE TABLE court.gates (id bigint PRIMARY KEY);
ALTER SCHEMA court RENAME TO gardens;
ALTER TABLE gardens.gates RENAME TO doors;
CREATE SCHEMA billing AUTHORIZATION postgres;
