CREATE TABLE boats (id UUID PRIMARY KEY, name VARCHAR(40), INDEX boats_name_idx (name) WHERE name IS NOT NULL);
