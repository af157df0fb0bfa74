CREATE INDEX trucks_gone_idx ON trucks (gone);
-- expect: wide-or-low-value-index: gone
CREATE INDEX trucks_all_idx ON trucks (a, b, c, d, e, f);
-- expect: wide-or-low-value-index: 6 columns
CREATE INDEX nobody_idx ON nobody (a, b, c, d, e, f, g);
-- expect: wide-or-low-value-index: 7 columns
