CREATE TABLE trees (id bigint PRIMARY KEY, h int);
CREATE FUNCTION grow() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE trees SET h = WHERE id = 1;
--                       ^ expect: syntax-error
    SELEKT id FROM trees;
--  ^ expect: syntax-error
    INSERT INTO trees (id) VALUES (1);
END $$;
CREATE FUNCTION tallest() RETURNS bigint LANGUAGE sql AS $$
    SELECT id FROM trees ORDER h DESC LIMIT 1;
--                             ^ expect: syntax-error
$$;
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM trees) THEN
        ALTER TABLE trees DELETE COLUMN h;
--                        ^ expect: syntax-error
    END IF;
    EXECUTE 'DROP TABEL trees';
--                ^ expect: syntax-error
END $$;
CREATE FUNCTION quoted() RETURNS void LANGUAGE plpgsql AS '
BEGIN
    DELETE FROM trees WHERE id = ''1'' AND;
--                                        ^ expect: syntax-error
END';
