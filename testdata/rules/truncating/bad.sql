TRUNCATE trucks;
-- expect: truncating: every row of trucks
TRUNCATE TABLE ONLY yard."Trailers" RESTART IDENTITY;
-- expect: truncating: yard."Trailers"
TRUNCATE depots CASCADE;
-- expect: truncating: every row of depots
TRUNCATE nobody CASCADE;
-- expect: truncating: nobody
