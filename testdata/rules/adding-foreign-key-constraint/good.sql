ALTER TABLE fields ADD CONSTRAINT fields_grower_fkey
    FOREIGN KEY (grower_id) REFERENCES growers (id) NOT VALID;
ALTER TABLE fields VALIDATE CONSTRAINT fields_grower_fkey;

CREATE TABLE rows (id bigint PRIMARY KEY, field_id bigint REFERENCES fields (id));
ALTER TABLE rows ADD CONSTRAINT rows_again_fkey FOREIGN KEY (field_id) REFERENCES fields (id);

-- Both ends are one table: one lock, as for any column.
ALTER TABLE fields ADD COLUMN parent_id bigint REFERENCES fields (id);
