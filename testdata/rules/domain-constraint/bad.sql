ALTER DOMAIN plate ADD CONSTRAINT plate_short CHECK (length(VALUE) < 12);
-- expect: domain-constraint: trucks and 1 more
ALTER DOMAIN remark SET NOT NULL;
-- expect: domain-constraint: trucks and blocks writes to it
ALTER DOMAIN remark VALIDATE CONSTRAINT remark_short;
-- expect: domain-constraint
ALTER TABLE trucks ADD COLUMN load weight;
--                                 ^ expect: domain-constraint: The domain weight has constraints
ALTER TABLE trucks ADD COLUMN empty weight DEFAULT 1200;
--                                  ^ expect: domain-constraint: rewrites trucks
