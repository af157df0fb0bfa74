CREATE TABLE trips (
    id bigint PRIMARY KEY CHECK (id > 0),
    -- a default is something else
    made timestamptz DEFAULT now() CHECK (made > '2020-01-01'),
    born date,
    died date,
    -- between two days of the row itself
    CHECK (age(died, born) < interval '150 years'),
    CHECK (lower(note) <> '' AND length(note) < 40),
    note text
);
ALTER TABLE trips ADD CONSTRAINT long CHECK (coalesce(note, '') <> 'now()') NOT VALID;
CREATE TEMPORARY TABLE today (at date CHECK (at = CURRENT_DATE));
