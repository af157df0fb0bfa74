SELECT id FROM ins.claims WHERE state <> 'paid';
--                              ^ expect: negated-filter: all of ins.claims is read, claims_state_idx or not
SELECT count(*) FROM ins.claims c WHERE c.kind NOT IN ('hail', 'storm') ORDER BY 1;
--                                      ^ expect: negated-filter
SELECT id FROM ins.claims WHERE "Branch" NOT LIKE 'X%';
-- expect: negated-filter: claims_branch_idx
DELETE FROM ins.claims WHERE NOT (state = 'open');
-- expect: negated-filter
UPDATE ins.claims SET note = NULL WHERE state != 'new' AND state != 'open';
-- expect: negated-filter
SELECT id FROM ins.claims WHERE kind IS DISTINCT FROM 'hail';
-- expect: negated-filter
