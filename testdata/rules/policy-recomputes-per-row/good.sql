CREATE POLICY own ON trucks USING (owner = (SELECT auth.uid()));
CREATE POLICY open ON trucks USING (true);
CREATE POLICY named ON trucks USING (lower(name) = 'x' AND my.uid() = owner);
CREATE POLICY team ON trucks USING (team IN (SELECT t.id FROM teams t WHERE t.boss = auth.uid()));
