-- No code asks for the table's new name yet.
ALTER TABLE fields RENAME TO plots;
ALTER TABLE plots RENAME COLUMN soil TO ground;
