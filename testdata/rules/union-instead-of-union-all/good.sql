SELECT id, 'sent' AS what FROM parcels UNION ALL SELECT id, 'stop' FROM stops;
-- equal rows may come from both sides
SELECT route FROM parcels UNION SELECT town FROM stops;
SELECT id FROM parcels INTERSECT SELECT parcel_id FROM stops;
