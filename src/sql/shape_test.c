/*
 * shape_test.c - which texts are one query, and what it looks like.
 */
#include "sql/shape.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/utf8.h"

#include <time.h>

static uint64_t hash(const char *text)
{
    return shape_hash((struct tl_str){text, strlen(text)});
}

/* Texts of one group have one shape, and it is no other group's. */
static void test_groups(void **state)
{
    static const char *const groups[][8] = {
        {"select * from t where id = 1", "SELECT  *\nFROM t WHERE id=2",
         "select * from t where id = 'x' ;", "select * from T where ID = $1",
         "/* a */ select * -- b\n from t where id = $$x$$",
         "select * from t where id = -1.5e3",
         "select * from t where id = e'\\'' -- c"},
        {"select * from t where \"id\" = 1"},
        {"select * from t where \"ID\" = 1"},
        {"select * from s.t where id = 1", "select * from s . t where id = 9"},
        {"select * from s2.t where id = 1"},
        {"select * from t where id <> 1"},
        {"select * from t where id in (1)", "select * from t where id in ($1)",
         "select * from t where id IN ( 'a' )"},
        {"select * from t where id in (1, 2)",
         "select * from t where id in ($1, $2, $3)",
         "select * from t where id in ('a','b','c','d','e','f','g')",
         "select * from t where id in (-1, +2, /* x */ 3)"},
        {"select * from t where id not in (1, 2)",
         "select * from t where id not in (1, 2, 3)"},
        {"select * from t where id in (select 1)"},
        {"select * from t where id in (a, 1)"},
        {"select * from t where id = any(array[1])"},
        {"select * from t where id = any(array[1, 2])",
         "select * from t where id = any(array[1, 2, 3])"},
        {"insert into t values (1, 2)", "insert into t values ($1, 'a')"},
        {"insert into t values (1, 2), (3, 4)",
         "insert into t values (1, 2), (3, 4), (5, 6)"},
        {"insert into t values (1, 2), (3, 4) returning a"},
        {"insert into t values (1, 2) returning a"},
        {"insert into t values (1, f(2))"},
        {"select a - 1", "select a - 2"},
        {"select a, -1", "select a, 1", "select a, + 3"},
        {"select 1", "select '1'", "SELECT\t1;", "select N'x'"},
        {"select 1; select 2", "select 5;select 6;"},
        {"select ab"},
        {"select a b"},
        {"select a.b"},
        {"", " ", "-- x", ";"},
    };
    const size_t n = sizeof(groups) / sizeof(groups[0]);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        uint64_t mine = hash(groups[i][0]);

        assert_true(mine != 0);
        for (size_t k = 1; k < 8 && groups[i][k]; k++)
            if (hash(groups[i][k]) != mine)
                fail_msg("differ: %s | %s", groups[i][0], groups[i][k]);
        for (size_t j = 0; j < i; j++)
            if (hash(groups[j][0]) == mine)
                fail_msg("same: %s | %s", groups[j][0], groups[i][0]);
    }
}

static void test_values(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } pairs[] = {
        {"select 1, 'a'", "SELECT 1,'a' -- x", true},
        {"select 1, 'a'", "select 1, 'b'", false},
        {"select 1, 12", "select 11, 2", false},
        {"select a in (1, 2)", "select a in (1,2)", true},
        {"select a in (1, 2)", "select a in (2, 1)", false},
        {"select a in (1, 2)", "select a in (1, 2, 3)", false},
        {"insert into t values (1), (2)", "insert into t values (1), (3)",
         false},
        {"insert into t values (1), (2)", "insert  into t values (1),(2)",
         true},
        {"select -1", "select 1", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        uint64_t a;
        uint64_t b;
        struct tl_str first = tl_str_c(pairs[i].a);
        struct tl_str second = tl_str_c(pairs[i].b);

        assert_true(shape_hash_values(first, &a) == shape_hash(first));
        assert_true(shape_hash_values(second, &b) == shape_hash(first));
        if ((a == b) != pairs[i].same)
            fail_msg("%s | %s", pairs[i].a, pairs[i].b);
    }
}

/* Digests are kept in files: another number is another format. */
static void test_stable(void **state)
{
    (void)state;
    assert_true(hash("select * from t where id = $1") ==
                UINT64_C(0x550ca816491768fb));
}

static void test_display(void **state)
{
    static const struct {
        const char *text, *display;
    } cases[] = {
        {"SELECT *\n FROM  T -- x\n WHERE id=5;",
         "select * from t where id = $1"},
        {"select f( a,b ) from s . t x where a in (1,2)",
         "select f(a, b) from s.t x where a in (...)"},
        {"select a in (1)", "select a in ($1)"},
        {"insert into t (a) values (1),(2)",
         "insert into t(a) values($1), ..."},
        {"select \"A\", a[1], 'x' || $2", "select \"A\", a[$1], $2 || $3"},
        {"", ""},
        {"select 'a'; select 2", "select $1; select $2"},
        {"select \x01 a", "select   a"},
    };
    struct arena a;

    (void)state;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct tl_str got = shape_display(&a, tl_str_c(cases[i].text), 200);

        if (!tl_str_is(got, cases[i].display))
            fail_msg("%s\n%.*s\n%s", cases[i].text, TL_FMT(got),
                     cases[i].display);
    }
    arena_release(&a);
}

/* A cut is at most as long as asked for and leaves whole characters. */
static void test_display_cut(void **state)
{
    struct tl_str text =
        TL_STR("select \xE6\xBC\xA2\xE6\xBC\xA2\xF0\x9F\x98\x80"
               " from \xC3\xA9\xC3\xA9 where a in (1,2)");
    struct arena a;

    (void)state;
    arena_init(&a, 0);
    for (size_t max = 1; max < text.n + 20; max++) {
        struct tl_str got = shape_display(&a, text, max);

        assert_true(got.n <= max);
        assert_int_equal(utf8_invalid_at(got), got.n);
    }
    arena_release(&a);
}

static void ask_everything(struct tl_str text)
{
    struct arena a;
    uint64_t values;

    arena_init(&a, 0);
    assert_true(shape_hash(text) == shape_hash_values(text, &values));
    (void)shape_display(&a, text, 60);
    arena_release(&a);
}

/* Memory of exactly the text's length: nothing behind it is read. */
static void test_cut_anywhere(void **state)
{
    static const char text[] =
        "select -1, +$2 from t where a in (1, -2) and b = any(array[1,2]) "
        "or c in ( 'x' ); insert into t values (1, (2)), (3, 'a'), ($1";

    (void)state;
    for (size_t n = 1; n < sizeof(text); n++) {
        char *copy = mem_alloc(n);

        memcpy(copy, text, n);
        ask_everything((struct tl_str){copy, n});
        mem_free(copy);
    }
    ask_everything(TL_NONE);
    ask_everything((struct tl_str){"a\0b \0", 5});
}

static void test_long_lists(void **state)
{
    const size_t size = 1 << 20;
    char *text = mem_alloc(size);
    static const char begin[] = "select a from t where a in (1";
    uint64_t shape = hash("select a from t where a in (1, 2)");

    (void)state;
    memcpy(text, begin, sizeof(begin) - 1);
    for (size_t i = sizeof(begin) - 1; i < size; i++)
        text[i] = (i - sizeof(begin)) % 2 ? ',' : '7';
    text[size - 1] = ')';
    assert_true(shape_hash((struct tl_str){text, size}) == shape);
    mem_free(text);
}

static void test_large(void **state)
{
    static const char *const units[] = {
        "in (1,", "values (1),(", "array[1,2,", "in (", "-", "- 1 ", "values ",
        ",(1)",   "values(1),(2", "(",          ")",    ";", "\"",   "a",
        "1,",
    };
    const size_t size = 1 << 20;
    char *text = mem_alloc(size);

    (void)state;
    for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++) {
        size_t n = strlen(units[u]);
        clock_t begin = clock();

        for (size_t i = 0; i < size; i++)
            text[i] = units[u][i % n];
        ask_everything((struct tl_str){text, size});
        if (clock() - begin > 5 * CLOCKS_PER_SEC)
            fail_msg("a megabyte of %s is slow", units[u]);
    }
    mem_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),      cmocka_unit_test(test_values),
        cmocka_unit_test(test_stable),      cmocka_unit_test(test_display),
        cmocka_unit_test(test_display_cut), cmocka_unit_test(test_cut_anywhere),
        cmocka_unit_test(test_long_lists),  cmocka_unit_test(test_large),
    };

    return cmocka_run_group_tests_name("shape", tests, NULL, NULL);
}
