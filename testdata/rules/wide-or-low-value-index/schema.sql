CREATE TABLE trucks (id bigint PRIMARY KEY, gone boolean, a int, b int, c int, d int, e int, f int);
