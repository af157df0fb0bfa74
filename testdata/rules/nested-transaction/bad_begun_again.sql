-- +migrate Up
CREATE TABLE ramps (id bigint PRIMARY KEY);
COMMIT;
-- expect: nested-transaction: what comes before it stays, however
BEGIN;
INSERT INTO ramps (id) VALUES (1);

-- +migrate Down
ALTER TABLE ramps ADD COLUMN height integer;
ROLLBACK;
-- expect: nested-transaction: what comes before it is lost, however
BEGIN;
DELETE FROM ramps WHERE id = 1;
