-- The later ones cannot go while this one is kept.
DROP TABLE yard.sidings;
-- expect: dropping-table: in a later migration, before yard.tracks.
DROP TABLE yard.tracks;
-- expect: dropping-table: in a later migration, before the types of its columns.
DROP TYPE yard.gauge;
