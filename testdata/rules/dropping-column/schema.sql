CREATE TABLE fields (id bigint PRIMARY KEY, soil text, depth integer NOT NULL, height integer NOT NULL);
CREATE TABLE plots (id bigint PRIMARY KEY, shape text, shape_new text, owner text, holder text);
