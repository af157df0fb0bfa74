SELECT id, weight_g FROM parcels WHERE route_id = 7 AND state = 'lost';
