ALTER TABLE trucks REPLICA IDENTITY DEFAULT;
ALTER TABLE trucks REPLICA IDENTITY USING INDEX trucks_key;
ALTER TABLE trucks REPLICA IDENTITY NOTHING;
-- published with a key, with an index for one, with all of the row, inserts alone
CREATE TABLE stops (id bigint PRIMARY KEY, at date);
CREATE TABLE rests (id bigint NOT NULL);
CREATE UNIQUE INDEX rests_key ON rests (id);
ALTER TABLE rests REPLICA IDENTITY USING INDEX rests_key;
CREATE PUBLICATION out FOR TABLE stops, rests;
CREATE TABLE notes (line text);
CREATE PUBLICATION notes_out FOR TABLE notes WITH (publish = 'insert');
-- a table that nobody saw being made
ALTER PUBLICATION out ADD TABLE unseen;
