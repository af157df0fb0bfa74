DROP INDEX sheds_plot_idx;
-- expect: require-concurrent-index-deletion
BEGIN;
DROP INDEX sheds_roof_idx;
-- ok: require-concurrent-index-deletion
DROP TABLE sheds;
COMMIT;
