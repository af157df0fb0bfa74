CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
CREATE DOMAIN plain AS integer;
CREATE TABLE fields (
    id integer PRIMARY KEY,
    name varchar(40),
    code text,
    price numeric(10, 2),
    at timestamp(3),
    plain_at timestamp,
    data json,
    address cidr,
    note varchar(20) CHECK (note <> ''),
    label varchar(20)
);
CREATE INDEX fields_label_idx ON fields (lower(label));
CREATE TABLE reservoirs (id bigint PRIMARY KEY, volume integer, label varchar(40));
