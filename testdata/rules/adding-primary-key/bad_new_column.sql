-- No index can be there before the column is.
ALTER TABLE docks DROP CONSTRAINT docks_pkey,
    ADD COLUMN tag uuid DEFAULT gen_random_uuid() PRIMARY KEY;
--                                                ^ expect: adding-primary-key: Add the column without the key, keep the old one for now, and fill it in batches

ALTER TABLE trucks ADD COLUMN fleet_id bigint;
UPDATE trucks SET fleet_id = depot_id;
ALTER TABLE trucks DROP CONSTRAINT trucks_pkey CASCADE,
    ADD CONSTRAINT trucks_pkey PRIMARY KEY (id, fleet_id);
--      ^ expect: adding-primary-key: Keep the old key for now; in later migrations CREATE UNIQUE INDEX
ALTER TABLE yard."Trailers"
    ADD FOREIGN KEY (truck_id, axles) REFERENCES trucks (id, fleet_id);

-- It is filled, and made NOT NULL, in the same pass: "may be NULL" is no news.
ALTER TABLE depots DROP CONSTRAINT depots_pkey CASCADE,
    ADD COLUMN nr bigserial NOT NULL, ADD PRIMARY KEY (nr);
--                                        ^ expect: adding-primary-key: ACCESS EXCLUSIVE on depots
