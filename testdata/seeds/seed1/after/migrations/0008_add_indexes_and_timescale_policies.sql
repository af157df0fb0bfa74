BEGIN;

-- Running upgrade 0007 -> 0008

CREATE INDEX ix_batches_grower_harvest_status ON batches (grower_id, harvest_date, status);

CREATE INDEX ix_batches_intake_date ON batches (intake_date);

CREATE INDEX ix_batches_fruit_type ON batches (fruit_type);

CREATE INDEX ix_batch_history_batch_recorded ON batch_history (batch_id, recorded_at);

CREATE INDEX ix_grower_payments_grower_date ON grower_payments (grower_id, paid_date);

CREATE INDEX ix_grower_payments_paid_date ON grower_payments (paid_date);

CREATE INDEX ix_grower_payments_created_at ON grower_payments (created_at);

SELECT add_compression_policy('batch_history', compress_after => INTERVAL '30 days');

SELECT add_retention_policy('batch_history', drop_after => INTERVAL '2 years');

CREATE MATERIALIZED VIEW daily_grower_intake AS
SELECT
    time_bucket('1 day', intake_date) AS day,
    grower_id,
    fruit_type,
    COUNT(*) AS batch_count,
    SUM(net_weight_kg) AS total_kg,
    AVG(net_weight_kg) AS avg_batch_kg,
    COUNT(DISTINCT packhouse_id) AS packhouse_count
FROM batches
WHERE is_deleted = false AND status != 'rejected'
GROUP BY day, grower_id, fruit_type;

UPDATE alembic_version SET version_num='0008' WHERE alembic_version.version_num = '0007';

COMMIT;
