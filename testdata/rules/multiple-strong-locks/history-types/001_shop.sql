CREATE TABLE sellers (id integer PRIMARY KEY, name text);
CREATE TABLE offers (id bigint PRIMARY KEY, seller_id integer REFERENCES sellers, code varchar(10) UNIQUE, price integer);
CREATE TABLE clicks (id bigint PRIMARY KEY, offer_code varchar(10) REFERENCES offers (code), seen_at date);
