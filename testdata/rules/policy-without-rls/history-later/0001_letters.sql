CREATE TABLE letters (id bigint PRIMARY KEY, owner_id uuid);
CREATE POLICY own ON letters USING (owner_id = current_user::uuid);
CREATE TABLE stamps (id bigint PRIMARY KEY);
CREATE POLICY own ON stamps USING (true);
-- expect: policy-without-rls
