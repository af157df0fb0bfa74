-- no key is selected: DISTINCT has a purpose of its own
SELECT DISTINCT u.city FROM users u JOIN acl."Grants" g ON g.user_id = u.id;
SELECT DISTINCT u.nick FROM users u JOIN acl."Grants" g ON g.user_id = u.id;
-- both tables are selected, or more than columns is
SELECT DISTINCT u.id, g.kind FROM users u JOIN acl."Grants" g ON g.user_id = u.id;
SELECT DISTINCT * FROM users u JOIN acl."Grants" g ON g.user_id = u.id;
SELECT DISTINCT u.id, count(*) OVER () FROM users u JOIN acl."Grants" g ON g.user_id = u.id;
SELECT DISTINCT ON (u.id) u.id, u.email FROM users u JOIN acl."Grants" g ON g.user_id = u.id;
-- one row at most
SELECT DISTINCT u.id FROM users u JOIN teams t ON t.id = u.team_id WHERE t.name = $1;
SELECT DISTINCT u.id FROM users u JOIN profiles p ON p.user_id = u.id WHERE p.bio IS NOT NULL;
SELECT DISTINCT u.id FROM users u JOIN acl."Grants" g ON g.user_id = u.id AND g.role_id = $1;
-- in an OR, EXISTS would be worse
SELECT DISTINCT u.id FROM users u LEFT JOIN acl."Grants" g ON g.user_id = u.id
 WHERE g.kind = $1 OR u.email = $2;
-- no table, or one that nobody knows
SELECT DISTINCT u.id FROM users u JOIN active_grants g ON g.user_id = u.id;
SELECT DISTINCT u.id FROM users u JOIN unseen g ON g.user_id = u.id;
SELECT DISTINCT u.id FROM users u JOIN (SELECT user_id FROM acl."Grants") g ON g.user_id = u.id;
WITH g AS (SELECT user_id FROM acl."Grants") SELECT DISTINCT u.id FROM users u JOIN g ON g.user_id = u.id;
-- no DISTINCT
SELECT u.id FROM users u JOIN acl."Grants" g ON g.user_id = u.id;
SELECT u.id FROM users u JOIN acl."Grants" g ON g.user_id = u.id GROUP BY u.id;
SELECT DISTINCT u.id FROM users u JOIN acl."Grants" g ON g.user_id = u.id
  JOIN acl.roles r ON r.id = g.role_id WHERE r.title = 'owner';
