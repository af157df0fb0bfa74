CREATE TABLE letters (id bigint PRIMARY KEY, owner_id uuid);
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON letters USING (owner_id = current_user::uuid);
-- the policy is gone
CREATE TABLE stamps (id bigint PRIMARY KEY);
CREATE POLICY everybody ON stamps USING (true);
DROP POLICY IF EXISTS everybody ON stamps;
-- a table that the migrations did not make
CREATE POLICY mine ON storage_objects USING (true);
-- it goes with its table
CREATE TABLE boxes (id bigint PRIMARY KEY);
CREATE POLICY everybody ON boxes USING (true);
DROP TABLE boxes;
