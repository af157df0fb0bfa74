UPDATE parcels SET id = $1 WHERE id = $2;
--                 ^ expect: update-primary-key: id belongs to
UPDATE parcels p SET route = 'x', id = p.id + 1000;
-- expect: update-primary-key
UPDATE legs SET day = $1 WHERE day = $2 AND truck = $3;
-- expect: update-primary-key: day
