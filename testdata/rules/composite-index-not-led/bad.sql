SELECT id FROM stops WHERE at = $1;
--                         ^ expect: composite-index-not-led: stops_town_at_idx has at behind town
SELECT id FROM stops s WHERE s.at IN ('2026-01-01', '2026-01-02');
-- expect: composite-index-not-led
DELETE FROM stops WHERE at = ANY($1);
-- expect: composite-index-not-led
