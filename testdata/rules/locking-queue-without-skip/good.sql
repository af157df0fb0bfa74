SELECT id FROM parcels WHERE status = 'ready' ORDER BY sent_at LIMIT 1 FOR UPDATE SKIP LOCKED;
SELECT id FROM parcels WHERE status = 'ready' ORDER BY sent_at LIMIT 1 FOR UPDATE NOWAIT;
-- a row by its key
SELECT id FROM parcels WHERE id = $1 ORDER BY id LIMIT 1 FOR UPDATE;
-- readers share
SELECT id FROM parcels WHERE status = 'ready' ORDER BY sent_at LIMIT 1 FOR SHARE;
SELECT id FROM parcels WHERE status = 'ready' ORDER BY sent_at LIMIT 1;
-- the table is not known: its key may be
SELECT id FROM unseen WHERE name = $1 ORDER BY id LIMIT 1 FOR UPDATE;
-- rows of one thing: waiting is meant
SELECT id FROM stops WHERE parcel_id = $1 ORDER BY at DESC LIMIT 1 FOR UPDATE;
