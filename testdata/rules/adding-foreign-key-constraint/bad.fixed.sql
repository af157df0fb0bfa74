ALTER TABLE fields ADD CONSTRAINT fields_grower_fkey FOREIGN KEY (grower_id) REFERENCES growers (id) NOT VALID;
ALTER TABLE fields VALIDATE CONSTRAINT fields_grower_fkey;
--                     ^ expect: adding-foreign-key-constraint: fields and growers

ALTER TABLE ONLY public.fields
    ADD CONSTRAINT fields_owner_fkey
--      ^ expect: adding-foreign-key-constraint
    FOREIGN KEY (owner_id) REFERENCES growers (id) ON DELETE CASCADE NOT VALID;
ALTER TABLE public.fields VALIDATE CONSTRAINT fields_owner_fkey;

-- Without a name there is nothing to validate by.
ALTER TABLE fields ADD FOREIGN KEY (owner_id) REFERENCES growers;
-- expect: adding-foreign-key-constraint

-- The new column is NULL everywhere: a moment, but on both tables.
ALTER TABLE fields ADD COLUMN agent_id bigint REFERENCES growers (id);
-- expect: adding-foreign-key-constraint: locks fields and growers

ALTER TABLE fields ADD COLUMN broker_id bigint DEFAULT 1 REFERENCES growers (id);
-- expect: adding-foreign-key-constraint
