-- In a later file the application has written to it.
CREATE INDEX scores_seen_idx ON scores (seen);
-- expect: require-concurrent-index-creation
TRUNCATE medals;
CREATE INDEX medals_player_idx ON medals (player_id);
ALTER TABLE medals ADD CONSTRAINT medals_player_fk FOREIGN KEY (player_id) REFERENCES players;
ALTER TABLE medals ADD COLUMN place integer NOT NULL;
-- expect: adding-required-field: INSERTs into medals fail
-- A DELETE leaves what an index build reads.
DELETE FROM seasons;
CREATE INDEX seasons_began_idx ON seasons (began);
-- expect: require-concurrent-index-creation
