-- All that is emptied counts, but once, and a partition with its table.
TRUNCATE halls CASCADE;
-- expect: truncating: of halls and, through foreign keys, of gates and 1 more.
TRUNCATE gates, halls CASCADE;
-- expect: truncating: of gates and, through foreign keys, of turns.
