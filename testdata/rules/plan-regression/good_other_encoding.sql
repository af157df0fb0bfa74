SELECT id FROM parcels WHERE size_class = 3 ORDER BY label;
