-- Outside a transaction: the index is built while the scanners keep writing.
-- The DROP clears away what a failed attempt may have left.
SET lock_timeout = '2s';

DROP INDEX CONCURRENTLY IF EXISTS bins_room_id_idx;
CREATE INDEX CONCURRENTLY bins_room_id_idx ON bins (room_id);

-- New rows are checked from here on; 0007 looks at the old ones.
ALTER TABLE bins ADD CONSTRAINT bins_room_id_fkey
    FOREIGN KEY (room_id) REFERENCES cold_rooms (id) NOT VALID;
