-- Another column takes its place, its name and its values.
ALTER TABLE fields ADD COLUMN soil_new text;
UPDATE fields SET soil_new = upper(soil);
ALTER TABLE fields DROP COLUMN soil;
ALTER TABLE fields RENAME COLUMN soil_new TO soil;
