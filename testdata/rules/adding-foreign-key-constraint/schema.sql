CREATE TABLE growers (id bigint PRIMARY KEY);
CREATE TABLE fields (id bigint PRIMARY KEY, grower_id bigint, owner_id bigint);
