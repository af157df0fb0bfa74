SELECT r.name, p.weight_g FROM routes r JOIN parcels p ON p.route_id = r.id WHERE r.name = 'route 77';
