CREATE TABLE alert_history (id bigint PRIMARY KEY, node_id integer, severity smallint,
    acknowledged boolean, created_at timestamptz, message text);
CREATE INDEX ix_alert_history_created_at ON alert_history (created_at);
CREATE TABLE grower_payments (id bigint PRIMARY KEY, batch_id bigint, grower_id bigint,
    amount numeric(12, 2), status varchar(20), created_at timestamptz);
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(120), profile jsonb);
CREATE INDEX ix_users_email ON users (email);
