SELECT id FROM parcels WHERE data ->> 'order' = $1;
--                           ^ expect: jsonb-filter-without-index
SELECT id FROM parcels WHERE data @> '{"order": 7}';
-- expect: jsonb-filter-without-index
SELECT id FROM parcels WHERE data #>> '{a,b}' IN ('x', 'y');
-- expect: jsonb-filter-without-index
