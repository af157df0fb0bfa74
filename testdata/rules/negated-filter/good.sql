-- a partial index
SELECT id FROM letters WHERE status <> 'sent';
-- no index on the column
SELECT id FROM ins.claims WHERE note <> 'x';
-- there is another condition
SELECT id FROM ins.claims WHERE state <> 'paid' AND score > 10;
SELECT id FROM ins.claims WHERE state <> 'paid' AND starts_with(ref, 'A');
SELECT id FROM ins.claims WHERE state <> 'paid' OR note IS NULL;
SELECT id FROM ins.claims WHERE state <> 'paid' AND kind <> 'hail';
SELECT c.id FROM ins.claims c JOIN letters l ON l.claim_id = c.id WHERE c.state <> 'paid';
SELECT id FROM letters l WHERE EXISTS (
    SELECT 1 FROM ins.claims c WHERE c.id = l.claim_id AND c.state <> 'paid');
-- a key: all rows but one are meant
SELECT id FROM ins.claims WHERE id <> 7;
SELECT id FROM ins.claims WHERE ref <> 'C-7';
-- most rows are meant, as far as one can see
SELECT id FROM ins.claims WHERE score <> 0;
SELECT id FROM ins.claims WHERE "Branch" <> '';
SELECT id FROM ins.claims WHERE kind <> $1;
SELECT id FROM ins.claims WHERE state <> 'paid' LIMIT 20;
-- no negation in the end
SELECT id FROM ins.claims WHERE NOT (state <> 'paid');
SELECT id FROM ins.claims WHERE "Branch" IS NOT NULL;
-- not a filter, not a table that lasts
SELECT state <> 'paid' FROM ins.claims;
SELECT state FROM batch WHERE state <> 'x';
SELECT id FROM unseen WHERE state <> 'paid';
-- the outer condition is moved into the subquery
SELECT * FROM (SELECT id FROM ins.claims WHERE state <> 'paid') AS s WHERE s.id = $1;
