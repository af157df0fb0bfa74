UPDATE trucks SET mileage = 0;
-- expect: update-or-delete-without-where: writes every row of trucks
DELETE FROM yard."Trailers";
-- expect: update-or-delete-without-where: removes every row of yard."Trailers"
UPDATE nobody SET knows = true FROM depots;
-- expect: update-or-delete-without-where: nobody
UPDATE nulls SET n = 0;
-- expect: update-or-delete-without-where: nulls
UPDATE early SET n = 0;
-- expect: update-or-delete-without-where: early
UPDATE ranged SET n = 0;
-- expect: update-or-delete-without-where: ranged
UPDATE two SET n = 0;
-- expect: update-or-delete-without-where: two
UPDATE ids SET n = 0;
-- expect: update-or-delete-without-where: ids
