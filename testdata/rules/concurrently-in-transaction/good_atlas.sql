-- atlas:txmode none
-- config: assume-in-transaction
CREATE INDEX CONCURRENTLY ships_tonnes_idx ON ships (tonnes);
