CREATE TABLE trips (id bigint, began date, PRIMARY KEY (id));
-- expect: table-without-primary-key: has no primary key any more.
CREATE TABLE legs (id bigint CONSTRAINT legs_id PRIMARY KEY, began date);
-- expect: table-without-primary-key: has no primary key any more.
CREATE TABLE stops (id bigint PRIMARY KEY);
CREATE TABLE never (id bigint);
-- expect: table-without-primary-key: never has no primary key.
