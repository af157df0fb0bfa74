CREATE TABLE fields (id bigint PRIMARY KEY, soil text);
