SELECT label, count(*) FROM parcels GROUP BY label ORDER BY label;
