CREATE TABLE parcels (id bigint PRIMARY KEY, keys bigint[], code text);
-- A transition table has no index, and needs none.
CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO parcels (id) SELECT id FROM new_rows WHERE coalesce(keys, '{}') = '{}';
    RETURN NULL;
END
$$;
-- Neither has what is compared to a variable's function.
CREATE FUNCTION find(wanted text) RETURNS SETOF parcels LANGUAGE sql AS $$
    SELECT * FROM parcels WHERE code = lower(wanted)
$$;
