ALTER TABLE crates ALTER COLUMN state TYPE state
-- expect: changing-column-type: Giving state other values by USING
    USING (CASE state WHEN 'aborting' THEN 'done'::state ELSE state END);
