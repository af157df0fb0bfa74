ALTER SCHEMA yard RENAME TO court;
-- expect: renaming-schema: yard
