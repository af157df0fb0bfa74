-- A later migration's: the plans may be older.
CREATE INDEX shipments_weight_g_idx ON shipments (weight_g);
