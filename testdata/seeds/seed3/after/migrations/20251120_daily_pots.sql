-- What phones send, and the pot that their owners fill with it.
CREATE TABLE daily_pots (
    user_id          text PRIMARY KEY,
    total_credits    integer NOT NULL DEFAULT 0,
    uploads_today    integer NOT NULL DEFAULT 0,
    uploads_required integer NOT NULL DEFAULT 5,
    last_claim_date  date,
    updated_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_daily_pots_user_id ON daily_pots (user_id);
-- expect: redundant-primary-key-index
CREATE INDEX idx_daily_pots_last_claim ON daily_pots (last_claim_date);

CREATE TABLE sensor_batches (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    device_hash   text NOT NULL,
    timestamp_utc timestamptz NOT NULL,
    batch_json    jsonb NOT NULL,
    user_id       text
);

CREATE INDEX idx_sensor_batches_device_time
    ON sensor_batches (device_hash, timestamp_utc);

CREATE TABLE user_stats (
    device_hash    text PRIMARY KEY,
    samples_count  bigint NOT NULL DEFAULT 0,
    valid_samples  bigint NOT NULL DEFAULT 0,
    pocket_samples bigint NOT NULL DEFAULT 0,
    uptime_seconds bigint NOT NULL DEFAULT 0,
    last_upload_at timestamptz,
    user_id        text,
    updated_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE device_secrets (
    secret       text PRIMARY KEY,
    device_hash  text NOT NULL,
    last_used_at timestamptz
);
