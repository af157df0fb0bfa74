-- Without ANALYZE there is no time, so max-ms has nothing to be held against.
-- expect-plan: index=ix_users_email_pat max-ms=0
SELECT id FROM users WHERE email LIKE 'User7777%';
