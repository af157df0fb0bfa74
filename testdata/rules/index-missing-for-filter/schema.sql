CREATE TABLE batch_history (id bigint PRIMARY KEY, batch_id bigint, changed_at timestamptz,
    field text, old_value text, new_value text, changed_by integer);
CREATE TABLE grower_payments (id bigint PRIMARY KEY, batch_id bigint, grower_id bigint,
    amount numeric(12, 2), status varchar(20), created_at timestamptz);
CREATE TABLE pgbench_accounts (aid integer PRIMARY KEY, bid integer, abalance integer, filler char(84));
CREATE TABLE app_settings (key text PRIMARY KEY, value text, scope text);
