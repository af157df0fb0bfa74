ALTER TABLE trucks RENAME TO lorries;
-- expect: renaming-table: trucks to lorries
ALTER TABLE IF EXISTS yard."Trailers" RENAME TO "Waggons";
-- expect: renaming-table: yard."Trailers" to "Waggons"
ALTER VIEW old_trucks RENAME TO old_lorries;
-- expect: renaming-table: old_trucks
ALTER TABLE nobody RENAME TO somebody;
-- expect: renaming-table: nobody
ALTER TABLE depots SET SCHEMA yard;
-- expect: renaming-table: Moving depots to yard.depots
