CREATE INDEX CONCURRENTLY parcels_route_id_idx ON parcels (route_id);
