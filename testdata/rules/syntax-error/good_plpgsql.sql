CREATE TABLE pines(id int, h int, height int);
CREATE TABLE rows(id int);
CREATE PROCEDURE p(int) LANGUAGE sql AS $$SELECT 1$$;
CREATE FUNCTION g(a int, OUT b int) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    comment text; values int[]; r record; t pines%ROWTYPE;
BEGIN
    comment = 'x';
    comment := 'y';
    values[1] := 3;
    values[2] = 4;
    t.height = 5;
    r.x := 1;
    $2 := 4;
    SELECT 1 INTO $2;
    SELECT INTO STRICT t.height, b h, id FROM pines WHERE id = a;
    SELECT h FROM pines INTO b WHERE id = a;
    EXECUTE 'SELECT 1' INTO b;
    EXECUTE format('DROP TABLE %I', comment);
    EXECUTE 'SELECT $1' INTO b USING a;
    GET DIAGNOSTICS b = ROW_COUNT;
    GET STACKED DIAGNOSTICS comment = MESSAGE_TEXT;
    ASSERT a > 0, 'no';
    RAISE NOTICE 'x % y', a USING HINT = 'z';
    RAISE;
    NULL;
    <<here>>
    FOR r IN SELECT * FROM pines LOOP
        CONTINUE here WHEN r.id = 1;
        EXIT here;
    END LOOP here;
    FOR i IN REVERSE 10..1 BY 2 LOOP NULL; END LOOP;
    FOREACH b SLICE 0 IN ARRAY values LOOP NULL; END LOOP;
    FOR r IN EXECUTE 'SELECT 1' USING a LOOP NULL; END LOOP;
    WHILE a < 3 LOOP EXIT; END LOOP;
    CASE a WHEN 1, 2 THEN NULL; ELSE NULL; END CASE;
    CASE WHEN a = 1 THEN NULL; END CASE;
    IF a = 1 THEN NULL; ELSIF a = 2 THEN NULL; ELSEIF a = 3 THEN NULL; ELSE NULL; END IF;
    INSERT INTO pines (h) VALUES (1) RETURNING id INTO STRICT b;
    WITH x AS (INSERT INTO pines (h) VALUES (1) RETURNING id) SELECT id INTO b FROM x;
    UPDATE pines SET h = 1 RETURNING h INTO b;
    MERGE INTO pines USING rows ON pines.id = rows.id WHEN MATCHED THEN DO NOTHING;
    EXPLAIN SELECT 1;
    NOTIFY x, 'y';
    LISTEN x; UNLISTEN x;
    DISCARD ALL;
    SHOW work_mem;
    PREPARE p AS SELECT 1; DEALLOCATE p;
    CHECKPOINT;
    LOAD 'x';
    CALL p(a);
    PERFORM count(*) FROM pines;
    PERFORM (SELECT 1);
    IMPORT FOREIGN SCHEMA s FROM SERVER v INTO public;
    RETURN;
EXCEPTION
    WHEN unique_violation OR SQLSTATE '12345' THEN RAISE EXCEPTION USING ERRCODE = '1';
    WHEN OTHERS THEN RETURN;
END $$;
CREATE FUNCTION h() RETURNS SETOF int LANGUAGE plpgsql AS $$
DECLARE c CURSOR (k int) FOR SELECT id FROM pines WHERE id = k; d refcursor; e int = 3; f CONSTANT int NOT NULL := 4; g ALIAS FOR e;
BEGIN
    OPEN c(1); FETCH c INTO e; MOVE NEXT FROM c; CLOSE c;
    OPEN d FOR SELECT 1; OPEN d NO SCROLL FOR EXECUTE 'SELECT 1' USING e;
    FOR e IN c(2) LOOP RETURN NEXT e; END LOOP;
    RETURN QUERY SELECT 1; RETURN QUERY EXECUTE 'SELECT $1' USING e;
    RETURN QUERY WITH x AS (SELECT 1) SELECT * FROM x;

    FOR e IN WITH q AS (SELECT 1 AS loop) SELECT 1 FROM q LOOP NULL; END LOOP;
    FOR e IN (SELECT 1) LOOP NULL; END LOOP;
    DECLARE x int; BEGIN x := 1; END;
    BEGIN NULL; END;
    COMMIT; ROLLBACK; COMMIT AND CHAIN;
END $$;
