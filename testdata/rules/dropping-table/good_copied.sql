-- Copied before the table got its other name, and copied by CREATE TABLE AS.
CREATE TABLE sites AS SELECT id, city FROM depots;
ALTER TABLE depots RENAME TO depots_old;
DROP TABLE depots_old CASCADE;

ALTER TABLE yard."Trailers" RENAME TO "Trailers_old";
CREATE TABLE yard."Trailers" (id bigint PRIMARY KEY, truck_id bigint);
WITH old AS (SELECT * FROM yard."Trailers_old")
INSERT INTO yard."Trailers" SELECT id, truck_id FROM old;
DROP TABLE yard."Trailers_old";

TRUNCATE trucks CASCADE;
ALTER TABLE trucks RENAME TO trucks_old;
DROP TABLE trucks_old;

-- All of it in one block.
DO $$
BEGIN
    ALTER TABLE legs_2025 RENAME TO legs_old;
    CREATE TABLE legs_2025 (id bigint, began date NOT NULL);
    INSERT INTO legs_2025 SELECT id, began FROM legs_old;
    DROP TABLE legs_old;
END
$$;

-- Where it is there.
DO $$
BEGIN
    IF (SELECT to_regclass('yard.marks') IS NOT NULL) THEN
        ALTER TABLE yard.marks RENAME TO marks_old;
        CREATE TABLE yard.marks (line text, version bigint, PRIMARY KEY (line, version));
        INSERT INTO yard.marks SELECT 'main', version FROM yard.marks_old;
        DROP TABLE yard.marks_old;
    END IF;
END
$$;
