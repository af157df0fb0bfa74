CREATE TABLE fields (id bigint PRIMARY KEY, name text);
CREATE TABLE plots (id bigint, name text);
INSERT INTO plots VALUES (1, 'north');
