CREATE INDEX trucks_gone_idx ON trucks (id) WHERE gone;
CREATE INDEX trucks_gone_a_idx ON trucks (gone, a);
CREATE INDEX trucks_rare_idx ON trucks (gone) WHERE a = 1;
CREATE UNIQUE INDEX trucks_key ON trucks (a, b, c, d, e, f);
CREATE INDEX trucks_a_idx ON trucks (a);
