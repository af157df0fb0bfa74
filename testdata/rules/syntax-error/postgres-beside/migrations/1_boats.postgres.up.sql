CREATE TABLE boats (id uuid PRIMARY KEY, name text);
