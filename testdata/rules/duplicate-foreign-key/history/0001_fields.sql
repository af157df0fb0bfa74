CREATE TABLE growers (id bigint PRIMARY KEY);
CREATE TABLE fields (id bigint PRIMARY KEY, grower_id bigint REFERENCES growers, owner_id bigint REFERENCES growers);
