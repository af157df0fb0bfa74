DROP OWNED BY intern;
-- expect: drop-owned
DROP OWNED BY intern, "Old Role" CASCADE;
-- expect: drop-owned
DO $$ BEGIN
    DROP OWNED BY CURRENT_USER;
--  ^ expect: drop-owned
END $$;
