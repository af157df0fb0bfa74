ALTER TABLE trucks DROP CONSTRAINT trucks_pkey;
-- expect: dropping-primary-key: primary key of trucks
ALTER TABLE yard."Trailers" DROP CONSTRAINT IF EXISTS "Key" CASCADE;
-- expect: dropping-primary-key: yard."Trailers"
ALTER TABLE trucks DROP CONSTRAINT trucks_plate_key;
-- expect: dropping-primary-key: unique constraint of trucks
