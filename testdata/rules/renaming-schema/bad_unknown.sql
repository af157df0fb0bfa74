ALTER SCHEMA nobody RENAME TO "Knows";
-- expect: renaming-schema: nobody to "Knows"
