--liquibase formatted sql

--changeset mara:1
ALTER TABLE trucks ADD COLUMN tare integer;

-- A transaction of its own.
--changeset mara:2
ALTER TABLE depots ADD COLUMN dock integer;
