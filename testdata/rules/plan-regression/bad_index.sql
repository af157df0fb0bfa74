SELECT id FROM parcels WHERE route_id = 12 AND taken_at > '2026-05-01';
