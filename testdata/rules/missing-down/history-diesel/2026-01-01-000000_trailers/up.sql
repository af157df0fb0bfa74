CREATE TABLE trailers (id bigint PRIMARY KEY);
CREATE TABLE axles (id bigint PRIMARY KEY);
-- expect: missing-down: the table axles
