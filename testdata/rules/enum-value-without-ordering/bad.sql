ALTER TYPE kind ADD VALUE 'wash';
-- expect: enum-value-without-ordering: 'wash'
ALTER TYPE yard.kind ADD VALUE IF NOT EXISTS 'rest';
-- expect: enum-value-without-ordering: 'rest'
ALTER TYPE "Kind" ADD VALUE 'fuel';
-- expect: enum-value-without-ordering: 'fuel'
