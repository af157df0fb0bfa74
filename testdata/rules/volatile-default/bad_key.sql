-- A key takes no NULL: it has to wait until the rows are filled.
ALTER TABLE fields DROP CONSTRAINT fields_pkey,
    ADD COLUMN code text DEFAULT next_code() PRIMARY KEY;
--                               ^ expect: volatile-default: by a validated CHECK, and make it a key last
