-- config: select=require-concurrent-index-creation,adding-foreign-key-constraint,adding-unique-constraint,adding-check-constraint,adding-required-field,statement-after-strong-lock,setting-not-null
-- It would have failed if there were rows, so all that follows is free.
BEGIN;
ALTER TABLE scores ADD COLUMN player_id bigint NOT NULL, ADD CONSTRAINT scores_player_key UNIQUE (player_id);
-- expect: adding-required-field
ALTER TABLE scores ADD COLUMN season_id bigint NOT NULL;
-- expect: adding-required-field: fails if scores has rows
CREATE INDEX scores_season_idx ON scores (season_id);
ALTER TABLE scores ADD CONSTRAINT scores_player_fk FOREIGN KEY (player_id) REFERENCES players;
ALTER TABLE scores ADD CONSTRAINT scores_points CHECK (points > 0);
ALTER TABLE scores ALTER COLUMN seen SET NOT NULL;
-- Until rows come.
INSERT INTO scores (id, points, player_id, season_id, seen) SELECT id, 1, id, 1, began FROM seasons;
CREATE INDEX scores_points_idx ON scores (points);
-- expect: require-concurrent-index-creation: blocks writes to scores
-- expect: statement-after-strong-lock
COMMIT;
-- A default, a key that counts by itself: rows would do.
BEGIN;
ALTER TABLE medals ADD COLUMN season_id bigint NOT NULL DEFAULT 1;
CREATE INDEX medals_season_idx ON medals (season_id);
-- expect: require-concurrent-index-creation
-- expect: statement-after-strong-lock
COMMIT;
