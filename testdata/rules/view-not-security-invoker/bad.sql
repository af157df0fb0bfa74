CREATE VIEW old_trucks AS SELECT * FROM trucks;
--          ^ expect: view-not-security-invoker
CREATE OR REPLACE VIEW yard."Old" WITH (security_barrier) AS SELECT 1 AS a;
-- expect: view-not-security-invoker
CREATE TEMP VIEW mine AS SELECT 1 AS a;
-- expect: view-not-security-invoker
