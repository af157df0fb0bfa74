-- each side has an index
SELECT id FROM guests WHERE email = $1 OR host_id = $2;
SELECT id FROM guests WHERE id = 7 OR (host_id = $1 AND phone = $2);
-- one column
SELECT id FROM guests WHERE phone = $1 OR phone = $2;
-- none has one: there is nothing that the OR spoils
SELECT id FROM guests WHERE phone = $1 OR passport = $2;
-- many rows are meant
SELECT id FROM guests WHERE is_vip OR host_id = $1;
SELECT id FROM guests WHERE is_vip = true OR host_id = $1;
SELECT id FROM guests WHERE status = 'open' OR host_id = $1;
SELECT id FROM guests WHERE seen_at < now() OR host_id = $1;
SELECT id FROM guests WHERE phone IS NULL OR host_id = $1;
SELECT id FROM guests WHERE phone <> $2 OR host_id = $1;
-- another condition finds the rows
SELECT id FROM guests WHERE hotel_id = $3 AND (email = $1 OR phone = $2);
SELECT g.id FROM guests g JOIN desk."Bookings" b ON b.guest_id = g.id
 WHERE g.hotel_id = $3 AND (g.email = $1 OR b.code = $1);
SELECT g.id FROM guests h JOIN guests g ON g.host_id = h.id
  JOIN desk."Bookings" b ON b.guest_id = g.id
 WHERE h.email = $3 AND (g.email = $1 OR b.code = $1);
-- an optional filter
SELECT id FROM guests WHERE $1::text IS NULL OR email = $1;
-- no filter: an OR inside of a value, or under a NOT
SELECT email = $1 OR phone = $2 FROM guests;
SELECT id FROM guests WHERE NOT (email = $1 OR phone = $2);
-- a partial index, and a column that is looked up in another way
SELECT id FROM guests WHERE host_id = $1 OR agent_id = $2;
SELECT id FROM guests WHERE host_id = $1 OR 'joe' = ANY(aliases);
SELECT id FROM guests WHERE host_id = $1 OR lower(phone) = $2;
-- sides of a join: either may be looked up by the other
SELECT g.id FROM guests g JOIN desk."Bookings" b ON b.guest_id = g.id OR b.room = g.id;
SELECT id FROM guests g WHERE EXISTS (
    SELECT 1 FROM desk."Bookings" b JOIN guests h ON h.id = b.guest_id
     WHERE b.guest_id = g.id AND (b.code = $1 OR h.email = $2));
-- what a subquery gives may be few
SELECT g.id FROM guests g JOIN desk."Bookings" b ON b.guest_id = g.id
  JOIN (SELECT guest_id FROM desk."Bookings" WHERE code = $2) r ON r.guest_id = g.id
 WHERE g.email = $1 OR b.code = $1;
WITH few AS (SELECT id FROM guests WHERE hotel_id = $1)
SELECT g.id FROM guests g JOIN few ON few.id = g.id JOIN desk."Bookings" b ON b.guest_id = g.id
 WHERE g.email = $2 OR b.code = $2;
SELECT id FROM unseen WHERE a = $1 OR b = $2;
-- tests of other tables' rows
SELECT id FROM guests g WHERE EXISTS (SELECT 1 FROM guests h WHERE h.id = g.host_id)
    OR NOT EXISTS (SELECT 1 FROM desk."Bookings" b WHERE b.id = $1 AND b.guest_id = g.id);
-- an index has it, if behind another column
SELECT id FROM guests WHERE host_id = $1 OR seat = $2;
