ALTER TABLE yard."Trailers" ADD CONSTRAINT trailers_pkey PRIMARY KEY USING INDEX trailers_axles_key;
CREATE TABLE ramps (id bigint);
ALTER TABLE ramps ADD PRIMARY KEY (id);
CREATE TABLE gates (id bigint PRIMARY KEY);
TRUNCATE legs;
ALTER TABLE legs ADD PRIMARY KEY (id, began);
