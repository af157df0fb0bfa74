BEGIN;
ALTER TABLE offers ADD COLUMN note text;
ALTER TABLE offers ALTER COLUMN price TYPE bigint;
ALTER TABLE offers ALTER COLUMN seller_id TYPE bigint;
-- expect: multiple-strong-locks: sellers
COMMIT;
-- The other side, though neither table is written anew.
BEGIN;
ALTER TABLE offers ADD COLUMN url text;
ALTER TABLE offers ALTER COLUMN code TYPE varchar(20);
-- expect: multiple-strong-locks: clicks
COMMIT;
-- One statement takes both at once.
BEGIN;
ALTER TABLE offers ALTER COLUMN code TYPE text;
ALTER TABLE clicks ALTER COLUMN offer_code TYPE text;
COMMIT;
