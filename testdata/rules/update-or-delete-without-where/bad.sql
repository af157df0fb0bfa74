UPDATE trucks SET mileage = 0;
-- expect: update-or-delete-without-where: writes every row of trucks
DELETE FROM yard."Trailers";
-- expect: update-or-delete-without-where: removes every row of yard."Trailers"
UPDATE nobody SET knows = true FROM depots;
-- expect: update-or-delete-without-where: nobody
