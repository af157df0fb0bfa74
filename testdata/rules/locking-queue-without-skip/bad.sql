SELECT id FROM parcels WHERE status = 'ready' ORDER BY sent_at LIMIT 1 FOR UPDATE;
--                                                                     ^ expect: locking-queue-without-skip
UPDATE parcels SET status = 'taken' WHERE id = (
    SELECT id FROM parcels WHERE status = 'ready' ORDER BY sent_at LIMIT 1 FOR UPDATE);
-- expect: locking-queue-without-skip
SELECT id FROM parcels WHERE status = $1 AND weight < 5 ORDER BY id LIMIT $2 FOR NO KEY UPDATE;
-- expect: locking-queue-without-skip
