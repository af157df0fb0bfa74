DO $$ BEGIN ALTER TABLE nobody.knows ADD CHECK (true); END $$;
--                                       ^ expect: adding-check-constraint: nobody.knows
DO $$
BEGIN
    ALTER TABLE shop.orders ADD CONSTRAINT named CHECK (state <> '');
--                              ^ expect: adding-check-constraint: shop.orders
EXCEPTION WHEN duplicate_object THEN
    RAISE NOTICE 'there already';
END
$$;
