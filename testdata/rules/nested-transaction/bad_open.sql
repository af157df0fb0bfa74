CREATE TABLE ramps (id bigint PRIMARY KEY);
START TRANSACTION;
-- expect: nested-transaction: The file ends
ALTER TABLE ramps ADD COLUMN depot_id bigint;
