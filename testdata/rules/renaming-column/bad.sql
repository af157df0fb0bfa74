ALTER TABLE fields RENAME COLUMN soil TO ground;
-- expect: renaming-column: Renaming soil to ground
ALTER TABLE unseen RENAME a TO b;
-- expect: renaming-column
