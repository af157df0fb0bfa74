ALTER TYPE kind RENAME VALUE 'rest' TO 'pause';
-- expect: renaming-enum-value: Renaming 'rest' of kind to 'pause'
ALTER TYPE yard."Kind" RENAME VALUE 'a''b' TO 'c';
-- expect: renaming-enum-value: yard."Kind"
DO $$ BEGIN
    ALTER TYPE kind RENAME VALUE 'wash' TO 'clean';
--  ^ expect: renaming-enum-value
END $$;
