CREATE TABLE letters (id bigint PRIMARY KEY, owner_id uuid);
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
CREATE TABLE stamps (id bigint PRIMARY KEY);
-- expect: rls-enabled-without-policy
