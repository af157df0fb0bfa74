-- Takes the indexes away again, without stopping anybody.

DROP INDEX CONCURRENTLY IF EXISTS idx_device_states_device_time;
DROP INDEX CONCURRENTLY IF EXISTS idx_node_readings_node_timestamp_value;
DROP INDEX CONCURRENTLY IF EXISTS idx_nodes_status_community_cover;
DROP INDEX CONCURRENTLY IF EXISTS idx_alerts_unresolved_node_time;
DROP INDEX CONCURRENTLY IF EXISTS idx_device_states_health_device;
DROP INDEX CONCURRENTLY IF EXISTS idx_users_community_role;
DROP INDEX CONCURRENTLY IF EXISTS idx_nodes_metadata_gin;
DROP INDEX CONCURRENTLY IF EXISTS idx_device_thingspeak_fields_gin;
DROP INDEX CONCURRENTLY IF EXISTS idx_nodes_customer_community;
DROP INDEX CONCURRENTLY IF EXISTS idx_nodes_location_gin;
DROP INDEX CONCURRENTLY IF EXISTS idx_device_states_device_timestamp;
DROP INDEX CONCURRENTLY IF EXISTS idx_node_readings_timestamp;
DROP INDEX CONCURRENTLY IF EXISTS idx_alerts_triggered_time;
DROP INDEX CONCURRENTLY IF EXISTS idx_audit_logs_user_timestamp;
DROP INDEX CONCURRENTLY IF EXISTS idx_nodes_distributor_status;
DROP INDEX CONCURRENTLY IF EXISTS idx_users_active_role;
DROP INDEX CONCURRENTLY IF EXISTS idx_device_readings_composite;
