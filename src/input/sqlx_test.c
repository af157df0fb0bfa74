/*
 * sqlx_test.c - SQLx's offline data: two generations, other databases, damage.
 */
#include "input/sqlx.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct seen {
    struct tl_str file;
    struct buf all; /* "sql|" of each */
    size_t errors;
};

static void take_query(void *arg, struct tl_str sql, struct text_map map)
{
    struct seen *s = arg;
    const char *from = sql.n ? memmem(sql.p, sql.n, "FROM", 4) : NULL;

    buf_str(&s->all, sql);
    if (from) {
        uint64_t at = text_map_offset(&map, s->file, (size_t)(from - sql.p));

        assert_memory_equal(s->file.p + at, "FROM", 4);
    }
    buf_char(&s->all, '|');
}

static void take_error(void *arg, uint64_t start, uint64_t end, const char *m)
{
    struct seen *s = arg;

    assert_non_null(m);
    assert_true(start <= end && end <= s->file.n);
    s->errors++;
}

static void check(const char *text, const char *want, size_t errors)
{
    struct seen s = {.file = tl_str_c(text)};
    struct sqlx_sink sink = {
        .query = take_query, .error = take_error, .arg = &s};
    struct arena a;

    arena_init(&a, 0);
    buf_init(&s.all, 0);
    sqlx_read(s.file, &a, &sink);
    buf_char(&s.all, '\0');
    assert_string_equal(s.all.p, want);
    assert_int_equal(s.errors, errors);
    buf_release(&s.all);
    arena_release(&a);
}

static void one_query(void **state)
{
    (void)state;
    check("{ \"db_name\": \"PostgreSQL\",\n"
          "  \"query\": \"SELECT \\u00e9,\\n\\t\\\"b\\\" FROM t\",\n"
          "  \"describe\": {\"columns\": [{\"name\": \"query\"}],\n"
          "                \"query\": \"SELECT 0\"},\n"
          "  \"hash\": \"00\"\n}\n",
          "SELECT \xc3\xa9,\n\t\"b\" FROM t|", 0);
    check("{\"query\": \"SELECT 1 FROM t\", \"db_name\": \"SQLite\"}", "", 0);
    check("{\"query\": null, \"describe\": []}", "", 0);
    check("{}", "", 0);
}

static void many_queries(void **state)
{
    (void)state;
    check("{\"db\": \"PostgreSQL\",\n"
          " \"a0\": {\"describe\": {\"query\": \"SELECT 0\"},\n"
          "          \"query\": \"SELECT 1\\n  FROM t\"},\n"
          " \"b0\": {\"query\": \"SELECT 2 FROM u\", \"describe\": {}}}",
          "SELECT 1\n  FROM t|SELECT 2 FROM u|", 0);
    check("{\"db\": \"MySQL\", \"a0\": {\"query\": \"SELECT `a`\"}}", "", 0);
}

static void damage(void **state)
{
    (void)state;
    check("", "", 1);
    check("[]", "", 1);
    check("{", "", 1);
    check("{\"query\"", "", 1);
    check("{\"query\": \"SELECT 1", "", 1);
    check("{\"query\": \"SELECT 1\", \"describe\": {", "SELECT 1|", 1);
    check("{\"a\": {\"query\": \"SELECT 1\", 5}, \"b\": {}}", "SELECT 1|", 1);
    check("{\"query\": \"\"}", "|", 0);
}

static void known_files(void **state)
{
    struct tl_str old = TL_STR("{\"db\": \"PostgreSQL\", \"a\": {\"describe\": "
                               "{}, \"query\": \"SELECT 1\"}}");

    (void)state;
    assert_true(sqlx_is_path(".sqlx/query-0f.json"));
    assert_true(sqlx_is_path("app/.sqlx/query-0f.json"));
    assert_true(sqlx_is_path("app/sqlx-data.json"));
    assert_false(sqlx_is_path(".sqlx/other.json"));
    assert_false(sqlx_is_path("my.sqlx/query-0f.json"));
    assert_false(sqlx_is_path("app/query-0f.json"));
    assert_true(sqlx_is_folder_path("app/.sqlx/other.json"));
    assert_false(sqlx_is_folder_path("app/sqlx/other.json"));
    assert_true(sqlx_sniff("a/.sqlx/query-0f.json", TL_STR(" {\"query\"")));
    assert_false(sqlx_sniff("a/.sqlx/query-0f.json", TL_STR("[]")));
    assert_true(sqlx_sniff("x.json", old));
    assert_false(sqlx_sniff("x.json", TL_STR("{\"query\": \"SELECT 1\"}")));
    assert_false(sqlx_sniff("x.json", TL_STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_query),
        cmocka_unit_test(many_queries),
        cmocka_unit_test(damage),
        cmocka_unit_test(known_files),
    };

    return cmocka_run_group_tests_name("sqlx", tests, NULL, NULL);
}
