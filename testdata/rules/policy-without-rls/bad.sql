CREATE TABLE letters (id bigint PRIMARY KEY, owner_id uuid);
CREATE POLICY own ON letters USING (owner_id = current_user::uuid);
-- expect: policy-without-rls: letters has no row level security
CREATE POLICY readers ON letters FOR SELECT USING (true);
-- switched off again
CREATE TABLE stamps (id bigint PRIMARY KEY);
ALTER TABLE stamps ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON stamps USING (true);
-- expect: policy-without-rls
ALTER TABLE stamps DISABLE ROW LEVEL SECURITY;
-- the owner's rows alone: FORCE is not ENABLE
CREATE TABLE boxes (id bigint PRIMARY KEY);
ALTER TABLE boxes FORCE ROW LEVEL SECURITY;
CREATE POLICY "my own" ON boxes USING (true);
-- expect: policy-without-rls: The policy "my own"
