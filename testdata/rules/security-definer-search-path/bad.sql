CREATE FUNCTION reset_all() RETURNS void LANGUAGE sql SECURITY DEFINER AS 'DELETE FROM trucks';
--                                                    ^ expect: security-definer-search-path
CREATE OR REPLACE FUNCTION seen() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql SECURITY DEFINER SET work_mem = '1MB';
-- expect: security-definer-search-path
CREATE PROCEDURE tidy() LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN NULL; END $$;
-- expect: security-definer-search-path
