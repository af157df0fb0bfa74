-- reading, and getting in
GRANT SELECT ON towns TO PUBLIC;
GRANT USAGE ON SCHEMA yard TO PUBLIC;
GRANT CONNECT ON DATABASE fleet TO PUBLIC;
-- what everybody has by default
GRANT EXECUTE ON FUNCTION seen() TO PUBLIC;
-- a role
GRANT ALL ON trucks TO app;
-- taking away
REVOKE ALL ON trucks FROM PUBLIC;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
