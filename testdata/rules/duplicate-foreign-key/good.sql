CREATE TABLE growers (id bigint PRIMARY KEY);
CREATE TABLE packers (id bigint PRIMARY KEY);
-- other columns, other tables
CREATE TABLE fields (id bigint PRIMARY KEY, grower_id bigint REFERENCES growers, owner_id bigint REFERENCES growers,
    packer_id bigint REFERENCES packers);
-- one takes the other's place
ALTER TABLE fields ADD CONSTRAINT fk_grower FOREIGN KEY (grower_id) REFERENCES growers (id) ON DELETE CASCADE;
ALTER TABLE fields DROP CONSTRAINT fields_grower_id_fkey;
-- the same columns, paired otherwise
CREATE TABLE pairs (a bigint, b bigint, PRIMARY KEY (a, b), UNIQUE (b, a));
CREATE TABLE rows (a bigint, b bigint, FOREIGN KEY (a, b) REFERENCES pairs (a, b), FOREIGN KEY (a, b) REFERENCES pairs (b, a));
