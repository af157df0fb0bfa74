SELECT count(*) FROM routes;
