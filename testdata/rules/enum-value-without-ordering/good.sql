ALTER TYPE kind ADD VALUE 'wash' BEFORE 'rest';
ALTER TYPE kind ADD VALUE IF NOT EXISTS 'load' AFTER 'wash';
ALTER TYPE kind RENAME VALUE 'load' TO 'loading';
CREATE TYPE kinds AS ENUM ('a', 'b');
