-- A deposition machine, its components, their parameters, what a run records.
CREATE TABLE machines (
    id   uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL
);

CREATE TABLE machine_components (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    machine_id   uuid NOT NULL,
    name         text NOT NULL,
    is_activated boolean NOT NULL DEFAULT true
);

CREATE TABLE component_parameters (
    id             uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    component_id   uuid NOT NULL,
    parameter_name text NOT NULL,
    current_value  double precision,
    set_value      double precision,
    min_value      double precision NOT NULL,
    max_value      double precision NOT NULL,
    is_active      boolean NOT NULL DEFAULT true,
    updated_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE process_data_points (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    process_id   uuid NOT NULL,
    parameter_id uuid NOT NULL,
    value        double precision NOT NULL,
    timestamp    timestamptz NOT NULL DEFAULT now()
);
