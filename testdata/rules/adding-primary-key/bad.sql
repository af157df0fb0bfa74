ALTER TABLE yard."Trailers" ADD PRIMARY KEY (axles);
-- expect: adding-primary-key: yard."Trailers"
ALTER TABLE yard."Trailers" ADD CONSTRAINT trailers_pkey PRIMARY KEY USING INDEX trailers_key;
-- expect: adding-primary-key: id may be NULL
ALTER TABLE nobody ADD COLUMN knows bigint PRIMARY KEY;
-- expect: adding-primary-key: nobody
ALTER TABLE legs ADD CONSTRAINT legs_pkey PRIMARY KEY (id, began);
-- expect: adding-primary-key: legs
