SELECT p.id FROM parcels p JOIN stops s ON s.parcel_id = p.id;
SELECT id FROM parcels JOIN stops USING (id);
SELECT 1 FROM parcels CROSS JOIN stops;
