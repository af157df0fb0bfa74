CREATE TABLE fields (id bigint PRIMARY KEY, soil text, depth integer NOT NULL, height integer NOT NULL);
CREATE TABLE plots (id bigint PRIMARY KEY, shape text, shape_new text, owner text, holder text);
CREATE TYPE kind_of_soil AS ENUM ('clay', 'sand');
CREATE TABLE samples (field bigint, taken date, kind kind_of_soil, ph text, depth numeric DEFAULT 0, PRIMARY KEY (field, taken));
CREATE TABLE readings (n bigint GENERATED ALWAYS AS IDENTITY, ph numeric);
CREATE TABLE labs (id bigint PRIMARY KEY);
CREATE TABLE probes (id bigint PRIMARY KEY, lab bigint NOT NULL REFERENCES labs, note text);
