SELECT id FROM parcels WHERE weight_g = 29997;
