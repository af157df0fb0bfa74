DROP TABLE trailers;
