CREATE TABLE {{ .Schema }}.shops (id bigint PRIMARY KEY);
-- Names of a template are shown, and written, as they stand in the file.
ALTER TABLE {{.Schema}}.sellers ADD CONSTRAINT sellers_shop FOREIGN KEY (shop_id) REFERENCES {{.Schema}}.shops (id);
-- expect: adding-foreign-key-constraint: writes to sellers
ALTER TABLE {{ .Prefix }}stalls ADD CONSTRAINT "{{ .Prefix }}Stalls_shop" FOREIGN KEY (shop_id) REFERENCES {{.Schema}}.shops (id);
-- expect: adding-foreign-key-constraint: writes to {{ .Prefix }}stalls
-- Two templates of one length: which is meant is not known, so no fix.
ALTER TABLE {{.Schema}}.stands ADD CONSTRAINT stands_area FOREIGN KEY (area_id) REFERENCES {{.Second}}.areas (id);
-- expect: adding-foreign-key-constraint: writes to stands
