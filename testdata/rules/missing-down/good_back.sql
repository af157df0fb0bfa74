-- migrate:up
DROP TABLE depots;
ALTER TABLE trucks DROP COLUMN mileage;
-- migrate:down
CREATE TABLE depots (id bigint PRIMARY KEY, city text);
ALTER TABLE trucks ADD COLUMN mileage integer;
