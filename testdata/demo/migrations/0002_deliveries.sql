-- A truck arrives: one delivery, weighed at the gate.
CREATE TABLE clerks (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     text NOT NULL,
    hired_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE deliveries (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    orchard_id  bigint NOT NULL REFERENCES orchards (id),
    received_by bigint NOT NULL,
    fruit       text NOT NULL,
    gross_kg    numeric(10, 2) NOT NULL,
    state       text NOT NULL DEFAULT 'expected'
                CHECK (state IN ('expected', 'arrived', 'graded', 'rejected')),
    arrived_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX deliveries_orchard_id_idx ON deliveries (orchard_id);
CREATE INDEX deliveries_received_by_idx ON deliveries (received_by);
CREATE INDEX deliveries_state_arrived_at_idx ON deliveries (state, arrived_at);
