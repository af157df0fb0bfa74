BEGIN;

INSERT INTO sensor_batches (device_hash, timestamp_utc, batch_json, user_id) VALUES ($1, $2, $3::jsonb, $4);

INSERT INTO user_stats (
  device_hash, samples_count, valid_samples, pocket_samples, uptime_seconds, last_upload_at, user_id
) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (device_hash)
DO UPDATE SET
  samples_count = user_stats.samples_count + EXCLUDED.samples_count,
  valid_samples = user_stats.valid_samples + EXCLUDED.valid_samples,
  pocket_samples = user_stats.pocket_samples + EXCLUDED.pocket_samples,
  uptime_seconds = user_stats.uptime_seconds + EXCLUDED.uptime_seconds,
  last_upload_at = GREATEST(user_stats.last_upload_at, EXCLUDED.last_upload_at),
  user_id = COALESCE(EXCLUDED.user_id, user_stats.user_id),
  updated_at = NOW();

UPDATE device_secrets SET last_used_at = NOW() WHERE secret = $1;

COMMIT;
