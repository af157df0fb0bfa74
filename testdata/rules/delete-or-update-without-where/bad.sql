DELETE FROM stops;
-- expect: delete-or-update-without-where: DELETE takes every row of stops
UPDATE parcels SET status = 'old';
-- expect: delete-or-update-without-where: UPDATE rewrites
UPDATE parcels p SET status = s.town FROM stops s;
-- expect: delete-or-update-without-where
