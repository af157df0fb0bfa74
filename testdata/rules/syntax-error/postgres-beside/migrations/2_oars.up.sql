CREATE TABLE oars (id uuid PRIMARY KEY, boat uuid REFERENCES boats, INDEX oars_idx (boat) WHERE boat IS NOT NULL);
