SELECT id, label FROM parcels ORDER BY taken_at DESC LIMIT 10;
