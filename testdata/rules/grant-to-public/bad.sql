GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC;
-- expect: grant-to-public: may write here
GRANT SELECT, INSERT ON trucks TO app, PUBLIC;
-- expect: grant-to-public
GRANT CREATE ON SCHEMA public TO PUBLIC;
-- expect: grant-to-public: may make objects
GRANT UPDATE (plate) ON trucks TO PUBLIC WITH GRANT OPTION;
-- expect: grant-to-public
