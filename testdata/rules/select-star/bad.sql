SELECT * FROM parcels WHERE id = $1;
--     ^ expect: select-star
SELECT p.*, s.town FROM parcels p JOIN stops s ON s.parcel_id = p.id;
-- expect: select-star
WITH old AS (SELECT id FROM parcels) SELECT * FROM old;
-- expect: select-star
