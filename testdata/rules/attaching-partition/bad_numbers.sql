ALTER TABLE bands ATTACH PARTITION bands_4 FOR VALUES FROM (30) TO (MAXVALUE);
-- expect: attaching-partition: reads all of bands_4
ALTER TABLE grades ATTACH PARTITION grades_3 FOR VALUES FROM (7) TO (8);
-- expect: attaching-partition: reads all of grades_3
