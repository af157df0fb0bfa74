/*
 * plpgsql_test.c - which statements a body holds, where, and whether they run.
 */
#include "sql/plpgsql.h"

#include "base/buf.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Each statement as "!text|", "+" unless there, "-" if there, "?" perhaps;
   "*" at the end when the body is dynamic. */
static void check(const char *body, const char *expected)
{
    struct arena a;
    struct plpgsql p = {.statements = VEC_INIT};
    struct buf got;

    arena_init(&a, 0);
    buf_init(&got, 0);
    plpgsql_read(tl_str_c(body), &a, &p);
    assert_int_equal(p.text.n, strlen(body));
    for (size_t i = 0; i < p.statements.n; i++) {
        const struct plpgsql_statement *s = &p.statements.v[i];

        assert_true(s->start < s->end && s->end <= p.text.n);
        buf_char(&got, "!+-?"[s->runs]);
        buf_str(&got, (struct tl_str){p.text.p + s->start, s->end - s->start});
        buf_char(&got, '|');
    }
    if (p.dynamic)
        buf_char(&got, '*');
    buf_char(&got, '\0');
    if (strcmp(got.p, expected) != 0)
        fail_msg("%s\ngives    %s\nexpected %s", body, got.p, expected);
    buf_release(&got);
    plpgsql_release(&p);
    arena_release(&a);
}

static void test_blocks(void **state)
{
    (void)state;
    check("BEGIN ALTER TABLE a ADD b int; DROP TABLE c; END",
          "!ALTER TABLE a ADD b int|!DROP TABLE c|");
    check("DECLARE x int := 1; c CURSOR FOR SELECT 1; BEGIN SELECT 2; END;",
          "!SELECT 2|");
    check("<<outer>> BEGIN BEGIN UPDATE t SET a = 1; END; DELETE FROM t; END",
          "!UPDATE t SET a = 1|!DELETE FROM t|");
    check("begin null; raise notice 'a;b'; x := 'SELECT 1;'; y = 2; return; "
          "exit; get diagnostics n = row_count; comment := 'x'; end",
          "");
    check("begin comment = 'x'; values[1] := 2; update.a = 3; $1 := 4; end",
          "");
    check("#variable_conflict use_column BEGIN SELECT 1; END", "!SELECT 1|");
    check("begin import foreign schema a from server b into c; "
          "select 1 into $2; end",
          "!import foreign schema a from server b into c|!select 1        |");
    check("begin selekt 1; notify x; end", "!selekt 1|!notify x|");
    check("", "");
    check("BEGIN", "*");
}

static void test_guards(void **state)
{
    (void)state;
    check("BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type) THEN CREATE TYPE a AS "
          "ENUM ('x'); END IF; END",
          "+CREATE TYPE a AS ENUM ('x')|");
    check("BEGIN IF EXISTS (SELECT 1) THEN DROP TABLE a; END IF; END",
          "-DROP TABLE a|");
    check("BEGIN IF NOT EXISTS (SELECT 1) THEN DROP TABLE a; ELSE DROP "
          "TABLE b; END IF; DROP TABLE c; END",
          "?DROP TABLE a|?DROP TABLE b|!DROP TABLE c|");
    check("BEGIN CREATE TYPE a AS ENUM (); EXCEPTION WHEN duplicate_object "
          "THEN NULL; END",
          "+CREATE TYPE a AS ENUM ()|");
    check("BEGIN CREATE TYPE a AS ENUM (); EXCEPTION WHEN OTHERS THEN DROP "
          "TYPE a; END",
          "?CREATE TYPE a AS ENUM ()|?DROP TYPE a|");
    check("BEGIN IF x THEN BEGIN DROP TABLE a; END; END IF; END",
          "?DROP TABLE a|");
    check("BEGIN IF EXISTS (SELECT 1) THEN IF NOT EXISTS (SELECT 2) THEN "
          "CREATE TABLE a (); END IF; END IF; END",
          "?CREATE TABLE a ()|");
    check("BEGIN IF to_regclass('a') IS NULL THEN CREATE TABLE a (); END IF; "
          "END",
          "+CREATE TABLE a ()|");
    check("BEGIN IF (SELECT to_regtype(format('%s', 'a')) IS NOT NULL) THEN "
          "DROP TYPE a; END IF; END",
          "-DROP TYPE a|");
    check("BEGIN IF to_regclass('a') IS NULL OR b THEN DROP TABLE a; END IF; "
          "IF to_regclass('a') = b THEN DROP TABLE a; END IF; "
          "IF to_regclass THEN DROP TABLE a; END IF; "
          "IF to_regclass('a') IS TRUE THEN DROP TABLE a; END IF; END",
          "?DROP TABLE a|?DROP TABLE a|?DROP TABLE a|?DROP TABLE a|");
    check("BEGIN IF to_regclass('a'", "*");
}

static void test_loops(void **state)
{
    (void)state;
    check("BEGIN LOOP DELETE FROM t; EXIT WHEN NOT found; END LOOP; END",
          "?DELETE FROM t|");
    check("BEGIN FOR r IN SELECT * FROM t WHERE a = 1 LOOP UPDATE u SET b = 1; "
          "END LOOP; VACUUM; END",
          "!SELECT * FROM t WHERE a = 1|?UPDATE u SET b = 1|!VACUUM|");
    check("BEGIN FOR i IN 1..10 LOOP INSERT INTO t VALUES (i); END LOOP; END",
          "?INSERT INTO t VALUES (i)|");
    check("BEGIN WHILE (SELECT true) LOOP TRUNCATE t; END LOOP; END",
          "?TRUNCATE t|");
    check("BEGIN FOREACH x IN ARRAY y LOOP CALL p(x); END LOOP; END",
          "?CALL p(x)|");
    check("BEGIN CASE x WHEN 1 THEN SELECT 1; WHEN 2 THEN SELECT 2; ELSE "
          "SELECT 3; END CASE; SELECT 4; END",
          "?SELECT 1|?SELECT 2|?SELECT 3|!SELECT 4|");
    check("BEGIN IF CASE WHEN a THEN b END THEN SELECT 1; END IF; END",
          "?SELECT 1|");
}

static void test_masks(void **state)
{
    (void)state;
    check("BEGIN SELECT a, b INTO STRICT x, y.z[1] FROM t; END",
          "!SELECT a, b                       FROM t|");
    check("BEGIN SELECT INTO x count(*) FROM t; END",
          "!SELECT        count(*) FROM t|");
    check("BEGIN INSERT INTO t (a) VALUES (1) RETURNING id INTO x; END",
          "!INSERT INTO t (a) VALUES (1) RETURNING id       |");
    check("BEGIN PERFORM f(a) FROM t; END", "!SELECT  f(a) FROM t|");
    check("BEGIN RETURN QUERY SELECT 1; END", "!SELECT 1|");
}

static void test_dynamic(void **state)
{
    (void)state;
    check("BEGIN EXECUTE 'DROP TABLE a'; END", "!DROP TABLE a|");
    check("BEGIN EXECUTE $q$DROP TABLE a$q$ USING 1; END", "!DROP TABLE a|");
    check("BEGIN EXECUTE 'SELECT 1' INTO x; END", "!SELECT 1|");
    check("BEGIN EXECUTE 'DROP ' || a; DROP TABLE b; END", "!DROP TABLE b|*");
    check("BEGIN EXECUTE 'SELECT ''a'''; END", "*");
    check("BEGIN EXECUTE format('DROP TABLE %I', a); END", "*");
    check("BEGIN RETURN QUERY EXECUTE s; END", "*");
    check("BEGIN FOR r IN EXECUTE s LOOP NULL; END LOOP; END", "*");
}

/* Whatever is cut off or out of place, nothing is read beside the body. */
static void test_hostile(void **state)
{
    static const char text[] =
        "DECLARE a int; BEGIN <<x>> SELECT a INTO b.c[1], d FROM t; EXECUTE "
        "'x' USING 1; EXECUTE $q$y$q$; FOR r IN SELECT 1 LOOP END LOOP; CASE "
        "WHEN 1 THEN NULL; END CASE; EXCEPTION WHEN duplicate_table THEN END; "
        "END END ELSE WHEN THEN";
    struct arena a;
    struct plpgsql p = {.statements = VEC_INIT};

    (void)state;
    arena_init(&a, 0);
    for (size_t from = 0; from < sizeof(text); from += 3)
        for (size_t n = 0; from + n < sizeof(text); n++) {
            char *copy = mem_alloc(n + 1);

            memcpy(copy, text + from, n);
            plpgsql_read((struct tl_str){copy, n}, &a, &p);
            mem_free(copy);
            arena_clear(&a);
        }
    plpgsql_release(&p);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),  cmocka_unit_test(test_guards),
        cmocka_unit_test(test_loops),   cmocka_unit_test(test_masks),
        cmocka_unit_test(test_dynamic), cmocka_unit_test(test_hostile),
    };

    return cmocka_run_group_tests_name("plpgsql", tests, NULL, NULL);
}
