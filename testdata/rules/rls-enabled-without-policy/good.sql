-- no row level security
CREATE TABLE towns (id bigint PRIMARY KEY);
-- a policy that comes first
CREATE TABLE letters (id bigint PRIMARY KEY, owner_id uuid);
CREATE POLICY own ON letters USING (owner_id = current_user::uuid);
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
-- switched off again
CREATE TABLE stamps (id bigint PRIMARY KEY);
ALTER TABLE stamps ENABLE ROW LEVEL SECURITY;
ALTER TABLE stamps DISABLE ROW LEVEL SECURITY;
-- the table is gone
CREATE TABLE boxes (id bigint PRIMARY KEY);
ALTER TABLE boxes ENABLE ROW LEVEL SECURITY;
DROP TABLE boxes;
-- the policies come from a block that cannot be read
CREATE TABLE bags (id bigint PRIMARY KEY);
ALTER TABLE bags ENABLE ROW LEVEL SECURITY;
DO $$ DECLARE r text; BEGIN
    FOR r IN SELECT rolname FROM pg_roles LOOP
        EXECUTE format('CREATE POLICY %I ON bags TO %I USING (true)', r, r);
    END LOOP;
END $$;
