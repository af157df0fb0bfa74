-- there is no way back, and none is promised
CREATE TABLE trailers (id bigint PRIMARY KEY);
