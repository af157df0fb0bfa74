CREATE TABLE trips (id bigint, began timestamptz, ended timestamp with time zone, on_day date, at time, all_of_them timestamp[]);
ALTER TABLE trips ADD COLUMN seen timestamptz DEFAULT now();
CREATE TEMP TABLE moved (at timestamp);
