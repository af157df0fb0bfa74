-- +goose NO TRANSACTION
-- +goose Up
ALTER TABLE trucks
    ADD CONSTRAINT plate_given CHECK (plate <> '') NOT VALID,
--  ^ expect: not-idempotent
    DROP CONSTRAINT plate_short;
--  ^ expect: not-idempotent
ALTER TABLE parked ADD PRIMARY KEY (id);
-- expect: not-idempotent
CREATE MATERIALIZED VIEW sums AS SELECT count(*) FROM trucks;
-- expect: not-idempotent
CREATE TABLE copies AS SELECT * FROM trucks;
-- expect: not-idempotent
CREATE VIEW plates AS SELECT plate FROM trucks;
-- expect: not-idempotent
CREATE TYPE fuel AS ENUM ('diesel', 'gas');
-- expect: not-idempotent
CREATE DOMAIN weight AS integer CHECK (value > 0);
-- expect: not-idempotent
ALTER TYPE colour ADD VALUE 'teal';
-- expect: not-idempotent
CREATE FUNCTION total() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM trucks';
-- expect: not-idempotent
CREATE TRIGGER trucks_seen AFTER INSERT ON trucks FOR EACH ROW EXECUTE FUNCTION seen();
-- expect: not-idempotent
CREATE POLICY own_trucks ON trucks USING (owner = current_user);
-- expect: not-idempotent
DROP TYPE engine;
-- expect: not-idempotent
DROP DOMAIN pressure;
-- expect: not-idempotent
DROP FUNCTION total_old(integer);
-- expect: not-idempotent
DROP TRIGGER trucks_gone ON trucks;
-- expect: not-idempotent
DROP POLICY all_trucks ON trucks;
-- expect: not-idempotent
DROP SCHEMA attic;
-- expect: not-idempotent
DROP EXTENSION hstore;
-- expect: not-idempotent
-- Another name than the one that is dropped.
DROP TYPE IF EXISTS axle, wheel;
CREATE TYPE tyre AS (width integer);
-- expect: not-idempotent
SELECT 1;
