SELECT state, count(*) FROM parcels WHERE weight_g > 10 GROUP BY state;
