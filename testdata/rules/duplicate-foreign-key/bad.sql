CREATE TABLE growers (id bigint PRIMARY KEY, code text UNIQUE);
CREATE TABLE fields (id bigint PRIMARY KEY, grower_id bigint REFERENCES growers, owner_id bigint, code text REFERENCES growers (code));
ALTER TABLE fields ADD CONSTRAINT fk_grower FOREIGN KEY (grower_id) REFERENCES growers (id);
-- expect: duplicate-foreign-key: fk_grower of fields checks what fields_grower_id_fkey checks
ALTER TABLE fields ADD CONSTRAINT fk_code FOREIGN KEY (code) REFERENCES growers (code) ON DELETE CASCADE;
-- expect: duplicate-foreign-key
CREATE TABLE pairs (a bigint, b bigint, PRIMARY KEY (a, b));
CREATE TABLE rows (a bigint, b bigint, FOREIGN KEY (a, b) REFERENCES pairs,
    CONSTRAINT again FOREIGN KEY (a, b) REFERENCES pairs (a, b));
--  ^ expect: duplicate-foreign-key: again
