ALTER TABLE fields DROP CONSTRAINT fields_grower_id_fkey;
