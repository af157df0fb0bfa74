DELETE FROM stops;
-- expect: delete-or-update-without-where: DELETE takes every row of stops
UPDATE parcels SET status = 'old';
-- expect: delete-or-update-without-where: UPDATE rewrites
UPDATE parcels p SET status = s.town FROM stops s;
-- expect: delete-or-update-without-where
UPDATE nulls SET n = 0;
-- expect: delete-or-update-without-where: nulls
UPDATE early SET n = 0;
-- expect: delete-or-update-without-where: early
UPDATE ranged SET n = 0;
-- expect: delete-or-update-without-where: ranged
UPDATE two SET n = 0;
-- expect: delete-or-update-without-where: two
UPDATE ids SET n = 0;
-- expect: delete-or-update-without-where: ids
