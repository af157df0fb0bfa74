-- Names are shown as they stand here.
ALTER TABLE {{ .Schema }}.vans ADD COLUMN wheels integer;
DROP TABLE {{ .Prefix }}cars;
