/*
 * pgss_test.c - exports of pg_stat_statements: three forms, two generations of
 * names, damage.
 */
#include "input/testing.h"

static void write_row(struct buf *out, const struct event *e)
{
    assert_int_equal(e->kind, e->sql.n ? EVENT_STATISTICS : EVENT_HIDDEN);
    buf_str(out, e->sql);
    buf_printf(out, "|%llu|%g|%g\n", (unsigned long long)e->calls, e->ms,
               e->rows);
}

static const struct seen_how pgss = {.format = &input_pgss, .write = write_row};

static void check(const char *text, const char *want, size_t errors)
{
    assert_ptr_equal(input_sniff(tl_str_c(text)), &input_pgss);
    seen_check(&pgss, tl_str_c(text), errors, want);
}

static void csv(void **state)
{
    (void)state;
    check("queryid,query,calls,total_exec_time,rows\r\n"
          "1,SELECT 1,4,2.5,4\r\n"
          "2,\"SELECT \"\"a\"\",\n  b FROM t\",3,9,0\r\n\r\n",
          "SELECT 1|4|2.5|4\nSELECT \"a\",\n  b FROM t|3|9|0\n", 0);
    /* Up to 12; columns in another order; some missing. */
    check("calls,total_time,query\n7,1e3,SELECT 2\n", "SELECT 2|7|1000|-1\n",
          0);
    check("query,calls\nSELECT 3,1\n", "SELECT 3|1|-1|-1\n", 0);
}

static void json(void **state)
{
    (void)state;
    check("[{\"query\":\"SELECT \\\"a\\\"\\n\",\"calls\":5,"
          "\"total_exec_time\":1.5,\"rows\":2,\"x\":{\"y\":[1]}},\n"
          " {\"calls\":\"6\",\"query\":\"SELECT 4\",\"total_exec_time\":0}]",
          "SELECT \"a\"\n|5|1.5|2\nSELECT 4|6|0|-1\n", 0);
    check("{\"query\":\"SELECT 5\",\"calls\":1,\"total_time\":3}\n"
          "{\"query\":\"SELECT 6\",\"calls\":2,\"total_time\":4}\n",
          "SELECT 5|1|3|-1\nSELECT 6|2|4|-1\n", 0);
}

static void passes_over(void **state)
{
    (void)state;
    /* No text, no right to see it, called from inside of a function. */
    check("query,calls,toplevel\n,1,t\n<insufficient privilege>,2,t\n"
          "SELECT 1,3,f\nSELECT 2,4,t\n",
          "|2|-1|-1\nSELECT 2|4|-1|-1\n", 0);
    check("[{\"query\":null,\"calls\":1,\"total_time\":1},"
          "{\"query\":\"SELECT 3\",\"calls\":1,\"total_time\":1,"
          "\"toplevel\":false}]",
          "", 0);
}

static void activity(void **state)
{
    (void)state;
    check("datname,pid,usename,state,query\n,7,,,\"\"\n"
          "shop,8,app,idle,SELECT 1\nshop,9,app,active,\"SELECT\n2\"\n"
          "shop,10,app,,<insufficient privilege>\nshop,11\n",
          "SELECT 1|1|-1|-1\nSELECT\n2|1|-1|-1\n|1|-1|-1\n", 1);
    check("[{\"pid\":7,\"usename\":null,\"state\":null,\"query\":\"\"},\n"
          " {\"pid\":8,\"usename\":\"app\",\"state\":\"active\","
          "\"query\":\"SELECT 1\"}]",
          "SELECT 1|1|-1|-1\n", 0);
}

/* What may have been cut is not what was asked. */
static void long_activity(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    buf_puts(&b, "usename,state,query\napp,active,DELETE FROM t");
    for (int i = 0; i < 505; i++)
        buf_puts(&b, " ;");
    buf_puts(&b, "\napp,idle,SELECT 1\n");
    check(b.p, "SELECT 1|1|-1|-1\n", 0);
    buf_release(&b);
}

static void damage_is_told(void **state)
{
    (void)state;
    check("query,calls\nSELECT 1,many\nSELECT 2,2\n", "SELECT 2|2|-1|-1\n", 1);
    check("query,calls\nSELECT 1,1\n\"SELECT 2,2\n", "SELECT 1|1|-1|-1\n", 1);
    check("[{\"query\":\"SELECT 1\",\"calls\":1,\"total_time\":1},{\"query\":",
          "SELECT 1|1|1|-1\n", 1);
}

static void places_are_the_files(void **state)
{
    static const char text[] = "query,calls\n\"SELECT \"\"a\"\", b\",1\n";
    struct seen s;

    (void)state;
    seen_read(&s, &pgss, tl_str_c(text));
    assert_int_equal(text_map_offset(&s.last.map, s.file, 12),
                     strstr(text, "b\",1") - text);
    seen_release(&s);
}

static void every_cut(void **state)
{
    static const char *const texts[] = {
        "query,calls,rows\n\"SELECT \"\"1\",1,2\nSELECT 2,2,3\n",
        "[{\"query\":\"a\\u0041\",\"calls\":1,\"total_time\":1,\"x\":[{}]}]",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        seen_every_cut(&pgss, tl_str_c(texts[i]), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv),
        cmocka_unit_test(json),
        cmocka_unit_test(passes_over),
        cmocka_unit_test(activity),
        cmocka_unit_test(long_activity),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(places_are_the_files),
        cmocka_unit_test(every_cut),
    };

    return cmocka_run_group_tests_name("pgss", tests, NULL, NULL);
}
