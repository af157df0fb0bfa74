-- Views have no foreign keys, and what is named is not taken along.
DROP VIEW IF EXISTS old_trucks, no_trucks CASCADE;
-- expect: drop-cascade: old_trucks
