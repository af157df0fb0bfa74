-- expected by nobody: index=missing
-- expect-plan: no-seq-scan=customers
UPDATE shipments SET status = 'paid' WHERE customer_id = 777;
