-- It locks the table as much.
BEGIN;
DROP INDEX loans_member_idx;
ALTER TABLE loans ADD CONSTRAINT due_later CHECK (due > '2000-01-01') NOT VALID;
COMMIT;

BEGIN;
DROP INDEX loans_book_idx;
ALTER TABLE loans ALTER COLUMN book_id DROP NOT NULL;
COMMIT;

BEGIN;
DROP INDEX "Loans By Due";
ALTER TABLE loans ALTER due SET DATA TYPE timestamp;
COMMIT;

-- The column takes its index along, and locks the table as much.
BEGIN;
DROP INDEX loans_due_idx;
ALTER TABLE IF EXISTS ONLY public.loans
    DROP COLUMN due;
COMMIT;
