CREATE POLICY own ON letters USING (owner_id = current_user::uuid);
ALTER TABLE stamps ENABLE ROW LEVEL SECURITY;
