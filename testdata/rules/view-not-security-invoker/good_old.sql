-- config: pg-version=14
CREATE VIEW old_trucks AS SELECT * FROM trucks;
