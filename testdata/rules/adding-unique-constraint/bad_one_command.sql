-- dbmate sends this part as one command: with a second statement in it that is
-- one transaction, where CONCURRENTLY is refused.
-- migrate:up transaction:false
ALTER TABLE trucks ADD CONSTRAINT trucks_plate_once UNIQUE (plate);
-- expect: adding-unique-constraint
-- migrate:down
SELECT 1;
