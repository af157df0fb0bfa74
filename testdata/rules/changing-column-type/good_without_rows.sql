-- A foreign table's rows are elsewhere; a composite type has none.
ALTER FOREIGN TABLE far_crates ALTER COLUMN weight TYPE bigint;
ALTER TYPE crate_spec ALTER ATTRIBUTE weight TYPE smallint;
ALTER TABLE crates ADD COLUMN note text;
