BEGIN;
ALTER TYPE kind ADD VALUE 'wash';
UPDATE stops SET kind = 'wash' WHERE id = 1;
--                      ^ expect: enum-value-in-transaction: 'wash'
INSERT INTO stops VALUES (2, 'wash');
--                           ^ expect: enum-value-in-transaction: 'wash'
COMMIT;
BEGIN;
ALTER TYPE kind ADD VALUE IF NOT EXISTS 'fuel' BEFORE 'rest';
ALTER TABLE stops ALTER COLUMN kind SET DEFAULT 'fuel';
--                                              ^ expect: enum-value-in-transaction: 'fuel'
COMMIT;
BEGIN;
ALTER TYPE kind ADD VALUE 'park';
ALTER TYPE kind ADD VALUE 'halt';
SELECT 'halt'::kind;
--     ^ expect: enum-value-in-transaction: 'halt'
COMMIT;
