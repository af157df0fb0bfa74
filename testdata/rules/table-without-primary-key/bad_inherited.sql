CREATE TABLE vessels (name text);
-- expect: table-without-primary-key: it does not hold for the tables that inherit from this one
CREATE TABLE barges (load integer) INHERITS (vessels);
-- expect: table-without-primary-key: unless REPLICA IDENTITY is FULL or a unique index
