CREATE TABLE fields (id bigint PRIMARY KEY, hectares numeric, slope integer);
