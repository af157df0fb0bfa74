-- The newest entries.
SELECT id, user_id, category, action, created_at
FROM activity_logs
WHERE created_at >= $1
ORDER BY created_at DESC
LIMIT 100;

-- What one user did.
SELECT category, action, created_at
FROM activity_logs
WHERE user_id = $1 AND created_at >= $2
ORDER BY created_at DESC;

-- A person's open work.
SELECT id, status, created_at
FROM workflow_instances
WHERE assigned_to = $1 AND status = 'pending'
ORDER BY created_at;

-- An owner's projects.
SELECT id, name FROM projects WHERE owner_id = $1 ORDER BY created_at DESC;
