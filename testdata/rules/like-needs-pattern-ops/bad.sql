SELECT id FROM vineyards WHERE name LIKE 'Chateau%';
--                             ^ expect: like-needs-pattern-ops: only in a database
SELECT id FROM vineyards AS v WHERE v."Region" LIKE 'Bord%eaux';
--                                  ^ expect: like-needs-pattern-ops: the collation "en-x-icu", which is not C
SELECT id FROM vineyards WHERE code LIKE 'FR\_0_%';
-- expect: like-needs-pattern-ops: vineyards_code_key
SELECT id FROM vineyards WHERE plot LIKE 'N1%';
-- expect: like-needs-pattern-ops
SELECT id FROM vineyards WHERE name ~ '^Clos';
-- expect: like-needs-pattern-ops
SELECT id FROM vineyards WHERE name LIKE $1::text || '%';
-- expect: like-needs-pattern-ops
SELECT id FROM cellar.casks WHERE label LIKE 'B-' || $1 || '%';
-- expect: like-needs-pattern-ops: casks_label_idx
DELETE FROM cellar.casks WHERE label LIKE 'tmp-%';
-- expect: like-needs-pattern-ops
