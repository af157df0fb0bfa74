ALTER TABLE fields ADD CONSTRAINT fk_grower FOREIGN KEY (grower_id) REFERENCES growers (id);
ALTER TABLE fields ADD CONSTRAINT fk_owner FOREIGN KEY (owner_id) REFERENCES growers (id);
-- expect: duplicate-foreign-key: fk_owner
