-- dbmate sends this part as one command: a second statement in it would make
-- that one transaction.
-- migrate:up transaction:false
ALTER TABLE fields ADD CONSTRAINT fields_flat CHECK (slope < 20);
-- expect: adding-check-constraint
-- migrate:down
SELECT 1;
