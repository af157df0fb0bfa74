-- Nothing is built where there is an index of the name.
CREATE INDEX IF NOT EXISTS cellars_there_idx ON cellars (region);
