CREATE TABLE letters (id bigint PRIMARY KEY, owner_id uuid);
-- expect: rls-enabled-without-policy: letters has row level security
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
-- the last policy is dropped
CREATE TABLE stamps (id bigint PRIMARY KEY);
-- expect: rls-enabled-without-policy
ALTER TABLE stamps ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody ON stamps USING (true);
DROP POLICY everybody ON stamps;
-- the policy is another table's
CREATE TABLE boxes (id bigint PRIMARY KEY);
-- expect: rls-enabled-without-policy
ALTER TABLE boxes ENABLE ROW LEVEL SECURITY;
CREATE TABLE bags (id bigint PRIMARY KEY);
ALTER TABLE bags ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON bags USING (true);
ALTER POLICY everybody ON bags RENAME TO anybody;
