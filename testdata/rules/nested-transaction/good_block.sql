-- The BEGIN of a function's body is another one.
CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEW;
END
$$;
DO $$ BEGIN PERFORM 1; END $$;
CREATE PROCEDURE tidy() BEGIN ATOMIC DELETE FROM ramps; END;
