CREATE TABLE trucks (id bigint PRIMARY KEY, gone boolean, sold text);
