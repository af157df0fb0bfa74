-- migrate:up transaction:false
DROP INDEX CONCURRENTLY fines_loan_idx;
CREATE INDEX CONCURRENTLY fines_loan_id_idx ON fines (loan_id);

-- migrate:down transaction:false
DROP INDEX fines_loan_id_idx;
-- expect: require-concurrent-index-deletion: fines
