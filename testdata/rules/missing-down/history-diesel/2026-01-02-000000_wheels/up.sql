CREATE TABLE wheels (id bigint PRIMARY KEY);
