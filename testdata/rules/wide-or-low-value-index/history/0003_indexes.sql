CREATE INDEX trucks_gone_idx ON trucks (gone);
CREATE INDEX trucks_sold_idx ON trucks (sold);
-- expect: wide-or-low-value-index: sold
