ALTER TABLE vans ADD COLUMN class text;
UPDATE vans SET class = 'light';
-- expect: backfill-in-schema-transaction: vans
