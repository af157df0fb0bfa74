DROP SCHEMA yard CASCADE;
-- expect: dropping-schema: yard
DROP SCHEMA IF EXISTS nobody CASCADE;
-- expect: dropping-schema: nobody
DROP DATABASE fleet;
-- expect: dropping-schema: fleet
