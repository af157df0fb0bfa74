SELECT * FROM batches
WHERE grower_id = 'some-grower-id'
  AND harvest_date >= '2026-01-01'
  AND status = 'received';
