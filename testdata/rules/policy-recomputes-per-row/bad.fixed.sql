CREATE POLICY own ON trucks USING (owner = (SELECT auth.uid()));
--                                         ^ expect: policy-recomputes-per-row: auth.uid()
CREATE POLICY ours ON trucks FOR INSERT WITH CHECK (team = (SELECT current_setting('app.team'))::bigint);
-- expect: policy-recomputes-per-row: current_setting
ALTER POLICY own ON trucks USING ((SELECT auth.jwt()) ->> 'role' = 'boss');
-- expect: policy-recomputes-per-row: auth.jwt()
