-- expected by nobody: index=missing
-- expect-plan: no-seq-scan=users
UPDATE grower_payments SET status = 'paid' WHERE batch_id = 777;
