ALTER INDEX parcels_route_sent_idx RENAME TO parcels_by_route;
CREATE TABLE scans_3 PARTITION OF scans
FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
DROP INDEX scans_parcel_idx;
