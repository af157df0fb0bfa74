ALTER TABLE fields ADD COLUMN token uuid DEFAULT gen_random_uuid();
--                                               ^ expect: volatile-default: is volatile
ALTER TABLE fields ADD COLUMN seen timestamptz NOT NULL DEFAULT clock_timestamp();
-- expect: volatile-default
ALTER TABLE fields ADD COLUMN draw float8 DEFAULT (random() * 100);
-- expect: volatile-default
ALTER TABLE fields ADD COLUMN code text DEFAULT next_code();
-- expect: volatile-default: is volatile
ALTER TABLE fields ADD COLUMN other text DEFAULT nobody_declared();
-- expect: volatile-default: may be volatile
-- Without a default the column would have nothing for the old rows.
ALTER TABLE fields ADD COLUMN slug text DEFAULT next_code(), ADD COLUMN ref uuid NOT NULL DEFAULT gen_random_uuid();
-- expect: volatile-default: Add the column without a default
-- expect: volatile-default: then set it NOT NULL by a validated CHECK
ALTER TABLE fields ADD COLUMN "Key" uuid DEFAULT gen_random_uuid() NOT NULL;
-- expect: volatile-default: Add the column nullable and without a default
