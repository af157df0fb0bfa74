-- Said once, not again.
ALTER TABLE crates ADD COLUMN note text;
