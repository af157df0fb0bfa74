SELECT id, weight_g FROM parcels WHERE route_id = 4711 ORDER BY id;
