CREATE TABLE parcels (id bigint PRIMARY KEY, code text);
CREATE INDEX parcels_code_idx ON parcels (code);
CREATE FUNCTION find(wanted text) RETURNS SETOF parcels LANGUAGE sql AS $$
    SELECT * FROM parcels WHERE lower(code) = wanted
--                              ^ expect: function-on-filtered-column
$$;
CREATE FUNCTION count_of(wanted text) RETURNS bigint LANGUAGE plpgsql AS $body$
DECLARE
    n bigint;
BEGIN
    SELECT count(*) INTO n FROM parcels
     WHERE lower(code) = wanted;
--         ^ expect: function-on-filtered-column
    RETURN n;
END
$body$;
