-- The table's own foreign key goes with it anyhow: depots loses none.
DROP TABLE trucks CASCADE;
-- expect: drop-cascade: a foreign key of trips goes with it
