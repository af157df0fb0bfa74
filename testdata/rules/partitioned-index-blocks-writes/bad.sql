CREATE INDEX legs_km_idx ON legs (km);
-- expect: partitioned-index-blocks-writes: legs
CREATE UNIQUE INDEX IF NOT EXISTS legs_key ON public.legs (id, began);
-- expect: partitioned-index-blocks-writes: legs
CREATE INDEX ON yard."Stops" USING hash (kind);
-- expect: partitioned-index-blocks-writes: yard."Stops"
