CREATE TABLE orchards (id bigint PRIMARY KEY, owner_id bigint NOT NULL, variety text);
