CREATE TABLE fields (id bigint PRIMARY KEY, soil text, depth integer NOT NULL);
