BEGIN;

-- Running upgrade core_001 -> perf_001

CREATE INDEX idx_activity_logs_created_at_desc ON activity_logs (created_at DESC);

CREATE INDEX idx_activity_logs_user_created ON activity_logs (user_id, created_at);

CREATE INDEX idx_activity_logs_category_action ON activity_logs (category, action);

CREATE INDEX idx_activity_logs_level_created ON activity_logs (level, created_at);

CREATE INDEX idx_activity_logs_entity ON activity_logs (entity_type, entity_id);

CREATE INDEX idx_activity_logs_metadata_gin ON activity_logs USING gin (metadata);

CREATE INDEX idx_activity_logs_tags_gin ON activity_logs USING gin (tags);

CREATE INDEX idx_users_active_verified ON users (is_active, is_verified);

CREATE INDEX idx_users_last_login ON users (last_login_at);

CREATE INDEX idx_projects_owner_created ON projects (owner_id, created_at);

CREATE INDEX idx_workflow_instances_status_created ON workflow_instances (status, created_at);

CREATE INDEX idx_workflow_instances_assigned_status ON workflow_instances (assigned_to, status);

COMMIT;
