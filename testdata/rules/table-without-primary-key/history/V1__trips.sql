CREATE TABLE trips (id bigint);
