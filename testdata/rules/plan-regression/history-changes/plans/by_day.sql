SELECT count(*) FROM scans s WHERE s.parcel_id = 12 AND s.at >= '2026-01-05' AND s.at < '2026-03-20';
