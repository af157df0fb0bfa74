ALTER TABLE trucks ALTER COLUMN plate DROP NOT NULL;
-- expect: dropping-not-null: plate of trucks
ALTER TABLE yard."Stops" ALTER kind DROP NOT NULL, ADD COLUMN note text;
-- expect: dropping-not-null: kind of yard."Stops"
ALTER TABLE nobody ALTER COLUMN knows DROP NOT NULL;
-- expect: dropping-not-null: knows of nobody
