CREATE SCHEMA yard;
CREATE DOMAIN plate AS text;
CREATE DOMAIN weight AS integer CHECK (VALUE > 0);
CREATE DOMAIN remark AS text;
CREATE DOMAIN unused AS text;
CREATE TABLE trucks (id bigint PRIMARY KEY, plate plate, note remark);
CREATE TABLE yard.trailers (id bigint PRIMARY KEY, plate plate);
