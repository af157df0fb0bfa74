UPDATE trucks SET plate = upper(plate);
-- expect: update-or-delete-without-where: the table and its indexes can grow to twice their size
DELETE FROM trucks;
-- expect: update-or-delete-without-where: keeps its size until a VACUUM cuts off empty pages
