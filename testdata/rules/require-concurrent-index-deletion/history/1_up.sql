-- migrate:up
CREATE TABLE fines (id bigint PRIMARY KEY, loan_id bigint);
CREATE INDEX fines_loan_idx ON fines (loan_id);

-- migrate:down
DROP INDEX fines_loan_idx;
-- expect: require-concurrent-index-deletion: fines
