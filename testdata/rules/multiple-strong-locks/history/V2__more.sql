ALTER TABLE vans ADD COLUMN class text;
ALTER TABLE vats ADD COLUMN rate numeric;
-- expect: multiple-strong-locks: vats
