-- Bins are in daily use by now: nullable columns only, which take an instant.
SET lock_timeout = '2s';

ALTER TABLE bins
    ADD COLUMN room_id bigint,
    ADD COLUMN grade text,
    ADD COLUMN graded_by text,
    ADD COLUMN graded_at timestamptz;
