CREATE TABLE farms (id bigint PRIMARY KEY, name text);
CREATE TABLE fields (id bigint PRIMARY KEY, farm_id bigint REFERENCES farms, area numeric);
CREATE TABLE crops (id bigint PRIMARY KEY, sown date);
