-- migrate:up
ALTER INDEX fines_loan_id_idx RENAME TO fines_by_loan;
DROP INDEX fines_by_loan;
-- expect: require-concurrent-index-deletion: fines

-- migrate:down
CREATE INDEX fines_loan_id_idx ON fines (loan_id);
