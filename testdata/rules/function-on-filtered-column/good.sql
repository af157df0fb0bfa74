SELECT id FROM parcels WHERE sent_at >= '2024-05-01' AND sent_at < '2024-05-02';
SELECT lower(route), date(sent_at) FROM parcels WHERE id = 1;
-- The value's side may compute.
SELECT id FROM parcels WHERE sent_at >= date_trunc('month', now());
SELECT id FROM parcels WHERE route = lower($1);
-- An index on this very expression.
SELECT id FROM parcels WHERE lower(sender) = $1;
-- One row at most, whatever the rest says.
SELECT id FROM parcels WHERE id = $1 AND lower(route) = 'n7';
SELECT id FROM routes WHERE code = $1 AND length(code) = 3;
-- Grouped results, derived columns and the server's catalogs have no index.
SELECT route FROM parcels GROUP BY route HAVING lower(route) = 'n7';
SELECT x FROM (SELECT route AS x FROM parcels) AS t WHERE lower(x) = 'n7';
WITH t AS (SELECT route FROM parcels) SELECT * FROM t WHERE upper(route) = 'N7';
SELECT relname FROM pg_class WHERE lower(relname) = 'parcels';
-- Not equal: no index would be used anyway.
SELECT id FROM parcels WHERE lower(route) <> 'n7';
-- A join may be served from the other side, and a pattern is not looked up.
SELECT r.id FROM routes r JOIN parcels p ON lower(p.route) = r.code;
SELECT r.id FROM routes r JOIN parcels p ON r.code LIKE replace(p.route, '*', '%');
SELECT id FROM parcels WHERE $1 LIKE replace(route, '*', '%');
