-- The dashboard's numbers for one community.
SELECT count(*) FROM nodes WHERE status = $1 AND community_id = $2;

-- The newest open alerts of a node.
SELECT id, severity, triggered_at
FROM alert_history
WHERE node_id = $1 AND resolved_at IS NULL
ORDER BY triggered_at DESC
LIMIT 20;

-- The last day of a node.
SELECT timestamp, value
FROM node_readings
WHERE node_id = $1 AND timestamp >= now() - interval '1 day'
ORDER BY timestamp DESC;

-- Nodes whose metadata contains the given object.
SELECT id, hardware_id FROM nodes WHERE metadata @> $1;
