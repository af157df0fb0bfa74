CREATE TABLE orchards (id serial PRIMARY KEY, name text NOT NULL, county text NOT NULL);
CREATE TABLE varieties (title text PRIMARY KEY, note text);
CREATE TABLE trees (id serial PRIMARY KEY, orchard_id int NOT NULL REFERENCES orchards,
    variety text NOT NULL REFERENCES varieties, pruned timestamptz);
CREATE INDEX ON trees (orchard_id);
CREATE TABLE pickers (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE crates (id serial PRIMARY KEY, picker_id int NOT NULL REFERENCES pickers, kg int);
CREATE INDEX ON crates (picker_id);
CREATE TABLE hives (id serial PRIMARY KEY, orchard_id int NOT NULL REFERENCES orchards,
    colour text, honey int NOT NULL DEFAULT 0);
CREATE INDEX ON hives (orchard_id);
CREATE TABLE opening_hours (orchard_id int NOT NULL REFERENCES orchards, weekday int, opens time,
    PRIMARY KEY (orchard_id, weekday));
CREATE TABLE jobs (id serial PRIMARY KEY, state text NOT NULL);
INSERT INTO orchards (name, county)
    SELECT 'orchard ' || n, CASE WHEN n % 2 = 0 THEN 'Kent' ELSE 'Devon' END FROM generate_series(1, 16) n;
INSERT INTO varieties SELECT 'variety ' || n, 'note' FROM generate_series(1, 12) n;
INSERT INTO trees (orchard_id, variety)
    SELECT 1 + n % 16, 'variety ' || (1 + n % 12) FROM generate_series(1, 200) n;
INSERT INTO pickers (name) SELECT 'picker ' || n FROM generate_series(1, 7) n;
INSERT INTO hives (orchard_id, colour) SELECT 1 + n % 16, 'green' FROM generate_series(1, 40) n;
INSERT INTO opening_hours SELECT o, d, '09:00' FROM generate_series(1, 16) o, generate_series(1, 7) d;
