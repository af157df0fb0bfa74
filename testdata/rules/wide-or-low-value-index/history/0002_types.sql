ALTER TABLE trucks ALTER COLUMN gone TYPE text USING gone::text;
ALTER TABLE trucks ALTER COLUMN sold TYPE boolean USING sold::boolean;
