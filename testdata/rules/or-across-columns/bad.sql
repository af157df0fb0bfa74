SELECT id FROM guests WHERE email = $1 OR phone = $2;
--                          ^ expect: or-across-columns: No index has phone, so guests_email_key
SELECT id FROM guests g WHERE g.phone IN ($1, $2) OR g.email = $3 OR g.id = $4;
-- expect: or-across-columns
SELECT id FROM guests WHERE passport = $1::text OR id = $2;
-- expect: or-across-columns: No index has passport
DELETE FROM desk."Bookings" WHERE code = 'A17' OR room = 12;
-- expect: or-across-columns: all of desk."Bookings" is read
UPDATE guests SET status = 'gone' WHERE status = 'open' AND (host_id = 9 OR (passport = $1 AND is_vip));
-- expect: or-across-columns: No index has passport
SELECT g.id FROM guests AS g JOIN desk."Bookings" AS b ON b.guest_id = g.id
 WHERE g.email = $1 OR b.code = $1;
--     ^ expect: or-across-columns: An OR across two tables
SELECT g.id FROM guests g LEFT JOIN desk."Bookings" b ON b.guest_id = g.id
 WHERE g.status = 'open' AND (b.code = ANY($1) OR g.host_id = $2);
-- expect: or-across-columns: the indexes on desk."Bookings".code and guests.host_id
