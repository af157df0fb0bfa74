CREATE TABLE growers (id bigint PRIMARY KEY, code text);
