SELECT id, weight_g FROM parcels WHERE route_id = 7 ORDER BY sent_at DESC LIMIT 10;
