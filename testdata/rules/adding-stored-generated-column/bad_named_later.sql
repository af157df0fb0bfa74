-- What names the column needs it to be there: an index alone will not do.
ALTER TABLE trucks ADD COLUMN tag text GENERATED ALWAYS AS (lower(plate)) STORED;
-- expect: adding-stored-generated-column: or, where only conditions ask for it, index
COMMENT ON COLUMN trucks.tag IS 'the plate as the gate reads it';
