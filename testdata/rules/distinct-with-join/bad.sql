SELECT DISTINCT u.id, u.email FROM users u JOIN acl."Grants" g ON g.user_id = u.id
--                                              ^ expect: distinct-with-join: every row of acl."Grants"
 WHERE g.kind = 'admin' ORDER BY u.email LIMIT 20;
SELECT DISTINCT u.* FROM users AS u
  INNER JOIN acl."Grants" ON acl."Grants".user_id = u.id
--           ^ expect: distinct-with-join
  INNER JOIN acl.roles r ON r.id = acl."Grants".role_id
 WHERE r.name = $1;
SELECT DISTINCT t.id FROM teams t, users u WHERE u.team_id = t.id AND u.city = $1;
--                                 ^ expect: distinct-with-join: repeats a row of teams
SELECT count(*) FROM (
  SELECT DISTINCT u.email FROM users u LEFT JOIN acl."Grants" g ON u.id = g.user_id
--                                               ^ expect: distinct-with-join
) AS s;
