-- 1. Component ID bulk query optimization
CREATE INDEX CONCURRENTLY idx_component_parameters_component_id
ON component_parameters (component_id);

-- 2. Active component filtering
CREATE INDEX CONCURRENTLY idx_component_parameters_component_active
ON component_parameters (component_id, is_active) WHERE is_active = true;

-- 3. Parameter metadata optimization
CREATE INDEX CONCURRENTLY idx_component_parameters_id_set_value
ON component_parameters (id) INCLUDE (set_value, min_value, max_value);

-- 4. Machine component lookups
CREATE INDEX CONCURRENTLY idx_machine_components_machine_activated
ON machine_components (machine_id, is_activated) WHERE is_activated = true;

-- 5. Process data points performance
CREATE INDEX CONCURRENTLY idx_process_data_points_process_timestamp
ON process_data_points (process_id, timestamp);
