-- migrate:up transaction:false
CREATE TABLE trucks (id bigint PRIMARY KEY, plate text);

-- migrate:down
DROP TABLE trucks;
