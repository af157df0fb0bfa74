CREATE TABLE trips (id bigint, began date, PRIMARY KEY (id, began)) PARTITION BY RANGE (began);
CREATE TABLE tours (id bigint PRIMARY KEY, began date);
ALTER TABLE legs ADD CONSTRAINT legs_pkey PRIMARY KEY (began, id);
CREATE TABLE rides (id bigint, began date) PARTITION BY RANGE (date_trunc('month', began));
