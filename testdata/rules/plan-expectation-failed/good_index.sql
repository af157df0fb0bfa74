-- expect-plan: index=ix_users_lower_email, no-seq-scan, no-sort, max-rows=10
-- expect-plan: node="index scan" no-node="Seq Scan" max-cost=5 max-ms=1000
SELECT id FROM users WHERE lower(email) = 'user777@example.com';
