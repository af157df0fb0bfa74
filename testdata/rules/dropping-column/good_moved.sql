-- Each of these reads the old column before another gets its name.
ALTER TABLE fields ADD COLUMN soil_new text;
WITH clean AS (SELECT id, trim(soil) AS soil FROM fields)
UPDATE fields f SET soil_new = clean.soil FROM clean WHERE clean.id = f.id;
ALTER TABLE fields DROP COLUMN "soil";
ALTER TABLE fields RENAME "soil_new" TO "soil";

ALTER TABLE fields ADD COLUMN depth_new bigint;
DO $$
BEGIN
    UPDATE Fields SET depth_new = DEPTH;
END
$$;
ALTER TABLE fields DROP COLUMN depth, ADD COLUMN dry boolean;
ALTER TABLE fields RENAME COLUMN depth_new TO depth;

-- No row, and no code that knows the new name.
TRUNCATE plots;
ALTER TABLE plots RENAME TO parcels;
ALTER TABLE parcels DROP COLUMN shape;
