INSERT INTO stops (id, parcel_id) VALUES (1, 2);
INSERT INTO stops DEFAULT VALUES;
INSERT INTO stops (id, parcel_id) SELECT id, parcel_id FROM stops_new;
