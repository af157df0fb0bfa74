/*
 * pgss_test.c - exports of pg_stat_statements: three forms, two generations of
 * names, damage.
 */
#include "base/buf.h"
#include "base/mem.h"
#include "input/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct seen {
    struct tl_str file;
    size_t events, errors;
    struct buf all; /* "sql|calls|ms|rows\n" of each */
    struct text_map map;
};

static bool take_event(void *arg, const struct event *e)
{
    struct seen *s = arg;

    s->events++;
    s->map = e->map;
    assert_int_equal(e->kind, e->sql.n ? EVENT_STATISTICS : EVENT_HIDDEN);
    assert_true(e->span.start <= e->span.end && e->span.end <= s->file.n);
    buf_str(&s->all, e->sql);
    buf_printf(&s->all, "|%llu|%g|%g\n", (unsigned long long)e->calls, e->ms,
               e->rows);
    return true;
}

static void take_error(void *arg, uint64_t start, uint64_t end, const char *m)
{
    struct seen *s = arg;

    assert_non_null(m);
    assert_true(start <= end && end <= s->file.n);
    s->errors++;
}

static void read_text(struct seen *s, struct tl_str text)
{
    struct input_sink sink = {
        .event = take_event, .error = take_error, .arg = s};

    memset(s, 0, sizeof(*s));
    s->file = text;
    buf_init(&s->all, 0);
    assert_true(input_pgss.read(text, &sink));
}

static void check(const char *text, const char *want, size_t errors)
{
    struct seen s;

    assert_ptr_equal(input_sniff(tl_str_c(text)), &input_pgss);
    read_text(&s, tl_str_c(text));
    buf_char(&s.all, '\0');
    assert_string_equal(s.all.p, want);
    assert_int_equal(s.errors, errors);
    buf_release(&s.all);
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
    read_text(&s, tl_str_c(text));
    assert_int_equal(text_map_offset(&s.map, s.file, 12),
                     strstr(text, "b\",1") - text);
    buf_release(&s.all);
}

static void every_cut(void **state)
{
    static const char *const texts[] = {
        "query,calls,rows\n\"SELECT \"\"1\",1,2\nSELECT 2,2,3\n",
        "[{\"query\":\"a\\u0041\",\"calls\":1,\"total_time\":1,\"x\":[{}]}]",
    };

    (void)state;
    for (size_t i = 0; i < 2; i++)
        for (size_t n = 0; n <= strlen(texts[i]); n++) {
            /* A copy of that size, so that a byte too far is seen. */
            char *copy = mem_alloc(n + 1);
            struct seen s;

            memcpy(copy, texts[i], n);
            (void)input_pgss.sniff((struct tl_str){copy, n});
            read_text(&s, (struct tl_str){copy, n});
            assert_true(s.events <= 2);
            buf_release(&s.all);
            mem_free(copy);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv),
        cmocka_unit_test(json),
        cmocka_unit_test(passes_over),
        cmocka_unit_test(damage_is_told),
        cmocka_unit_test(places_are_the_files),
        cmocka_unit_test(every_cut),
    };

    return cmocka_run_group_tests_name("pgss", tests, NULL, NULL);
}
