-- Seventeen indexes for the dashboard, none of which may stop the writers.

-- Optimizes device state time-series queries
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_device_states_device_time
ON device_states (device_id, timestamp DESC);

-- Optimizes node readings time-series queries
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_node_readings_node_timestamp_value
ON node_readings (node_id, timestamp DESC, value);

-- Covering index for dashboard stats - eliminates table lookups
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_nodes_status_community_cover
ON nodes (status, community_id)
INCLUDE (id, distributor_id, customer_id);

-- Instant retrieval of active alerts
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_alerts_unresolved_node_time
ON alert_history (node_id, triggered_at DESC)
WHERE resolved_at IS NULL;

-- Devices in poor health first
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_device_states_health_device
ON device_states (health_score, device_id);

-- Members of a community by role
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_users_community_role
ON users (community_id, role);

-- Fast JSONB metadata searches
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_nodes_metadata_gin
ON nodes USING GIN (metadata jsonb_path_ops);

-- Fast ThingSpeak config lookups
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_device_thingspeak_fields_gin
ON nodes USING GIN (thingspeak_fields jsonb_path_ops);

-- A customer's nodes
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_nodes_customer_community
ON nodes (customer_id, community_id);

-- Nodes in a region
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_nodes_location_gin
ON nodes USING GIN (location jsonb_path_ops);

-- By the device's own clock
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_device_states_device_timestamp
ON device_states (device_timestamp);

-- Latest readings of all nodes
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_node_readings_timestamp
ON node_readings (timestamp DESC);

-- Alerts of the last day
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_alerts_triggered_time
ON alert_history (triggered_at DESC);

-- What a user did
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_audit_logs_user_timestamp
ON audit_logs (user_id, timestamp DESC);

-- A distributor's nodes by status
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_nodes_distributor_status
ON nodes (distributor_id, status);

-- Who can log in, by role
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_users_active_role
ON users (role)
WHERE is_active;

-- One metric of one device over time
CREATE INDEX CONCURRENTLY IF NOT EXISTS idx_device_readings_composite
ON device_readings (device_id, metric, timestamp DESC);
