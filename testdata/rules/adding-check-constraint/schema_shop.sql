CREATE SCHEMA shop;
CREATE TABLE shop.orders (id bigint PRIMARY KEY, cents bigint, state text, "Paid On" date);
CREATE TABLE lines (id bigint, at date NOT NULL, qty integer) PARTITION BY RANGE (at);
