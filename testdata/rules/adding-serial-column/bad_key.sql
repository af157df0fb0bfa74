-- A key takes no NULL: it has to wait until the rows are filled.
ALTER TABLE yard."Trailers" ADD COLUMN nr bigserial, ADD PRIMARY KEY (nr);
-- expect: adding-serial-column: by a validated CHECK, and make it a key last
ALTER TABLE trucks DROP CONSTRAINT trucks_pkey;
ALTER TABLE trucks ADD COLUMN lap serial;
-- expect: adding-serial-column: make it a key last
ALTER TABLE trucks ADD CONSTRAINT trucks_pk PRIMARY KEY (plate, lap);
ALTER TABLE depots ADD COLUMN row_nr serial;
-- expect: adding-serial-column: make a sequence its default
