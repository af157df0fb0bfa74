CREATE TABLE fields (id bigint PRIMARY KEY, soil text);
CREATE TABLE wells (id bigint PRIMARY KEY, depth numeric, depth_cm integer, water numeric, litres integer);
