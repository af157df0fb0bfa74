-- Cold rooms, the probes that hang in them, and what the probes measure.
CREATE TABLE cold_rooms (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code           text NOT NULL UNIQUE,
    target_celsius numeric(4, 1) NOT NULL
);

CREATE TABLE probes (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    room_id      bigint NOT NULL REFERENCES cold_rooms (id),
    serial       text NOT NULL UNIQUE,
    installed_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX probes_room_id_idx ON probes (room_id);

-- The key serves both the reference to probes and "the latest of a probe".
CREATE TABLE readings (
    probe_id    bigint NOT NULL REFERENCES probes (id),
    measured_at timestamptz NOT NULL,
    celsius     numeric(4, 1) NOT NULL,
    PRIMARY KEY (probe_id, measured_at)
);
