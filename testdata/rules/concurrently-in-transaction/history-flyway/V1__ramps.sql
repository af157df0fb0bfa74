CREATE TABLE ramps (id bigint PRIMARY KEY, depot_id bigint);
