-- Without ANALYZE there is no time, so max-ms has nothing to be held against.
-- expect-plan: index=customers_email_pattern_idx max-ms=0
SELECT id FROM customers WHERE email LIKE 'c7777%';
