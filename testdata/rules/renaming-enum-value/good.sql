ALTER TYPE kind ADD VALUE 'pause' AFTER 'rest';
ALTER TYPE kind RENAME TO kinds;
ALTER TYPE address RENAME ATTRIBUTE street TO road;
ALTER TABLE stops RENAME COLUMN kind TO type;
