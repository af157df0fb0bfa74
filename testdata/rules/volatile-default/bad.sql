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
