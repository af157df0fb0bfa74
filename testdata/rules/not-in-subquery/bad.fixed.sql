SELECT c.id FROM crates c WHERE NOT EXISTS (SELECT 1 FROM returns AS r WHERE r.crate_id = c.id);
--                              ^ expect: not-in-subquery: one NULL

DELETE FROM crates WHERE id NOT IN (SELECT crate_id FROM returns);
-- expect: not-in-subquery

SELECT c.id FROM crates c
 WHERE NOT EXISTS (SELECT 1 FROM returns AS r WHERE r.crate_id = c.id AND (r.reason = 'old' OR r.id > 5));
-- expect: not-in-subquery

-- No NULL can come, so it is merely slow: a note.
SELECT id FROM crates WHERE id NOT IN (SELECT id FROM returns);
-- expect: not-in-subquery: slow
SELECT id FROM crates WHERE id NOT IN (SELECT crate_id FROM returns WHERE crate_id IS NOT NULL);
-- expect: not-in-subquery: slow

-- Of several columns: only rows that differ in no other one are hidden.
SELECT id FROM crates c WHERE (c.id, 1) NOT IN (SELECT r.crate_id, r.id FROM returns r);
-- expect: not-in-subquery: several columns
