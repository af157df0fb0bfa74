-- Nodes in the field, what they report, who looks at it. The readings carry no
-- foreign keys: nodes are retired, their history stays.
CREATE TABLE communities (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE users (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    community_id bigint,
    email        text NOT NULL UNIQUE,
    role         text NOT NULL DEFAULT 'customer',
    is_active    boolean NOT NULL DEFAULT true
);

CREATE TABLE nodes (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hardware_id       text NOT NULL UNIQUE,
    status            text NOT NULL DEFAULT 'offline',
    community_id      bigint NOT NULL REFERENCES communities (id),
    distributor_id    bigint,
    customer_id       bigint,
    location          jsonb NOT NULL DEFAULT '{}',
    metadata          jsonb NOT NULL DEFAULT '{}',
    thingspeak_fields jsonb
);

CREATE INDEX idx_nodes_community ON nodes (community_id);

CREATE TABLE device_states (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device_id        bigint NOT NULL,
    timestamp        timestamptz NOT NULL DEFAULT now(),
    device_timestamp timestamptz,
    health_score     real,
    state            jsonb NOT NULL
);

CREATE TABLE node_readings (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node_id   bigint NOT NULL,
    timestamp timestamptz NOT NULL,
    value     double precision
);

CREATE TABLE device_readings (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device_id bigint NOT NULL,
    metric    text NOT NULL,
    timestamp timestamptz NOT NULL,
    value     double precision
);

CREATE TABLE alert_history (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    node_id      bigint NOT NULL,
    severity     text NOT NULL,
    triggered_at timestamptz NOT NULL DEFAULT now(),
    resolved_at  timestamptz
);

CREATE TABLE audit_logs (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id   bigint,
    action    text NOT NULL,
    timestamp timestamptz NOT NULL DEFAULT now()
);
