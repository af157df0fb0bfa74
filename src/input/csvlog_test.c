/*
 * csvlog_test.c - records of csvlog: quoting, spans, columns, damage.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "input/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HEAD                                                                   \
    "2026-11-20 10:00:00.000 UTC,\"u\",\"d\",1,\"[local]\",6b.1,1,\"SELECT\"," \
    "2026-11-20 09:00:00 UTC,3/4,0,LOG,00000,"
#define TAIL ",,,,,,,,,\"web\",\"client backend\",,0\n"
#define ONE HEAD "\"statement: SELECT 1\"" TAIL

struct seen {
    struct tl_str file;
    size_t events, errors, stop_after;
    struct buf sql, parameters, session;
    struct tl_span span;
    struct text_map map;
    uint64_t error_start, error_end;
};

static bool take_event(void *arg, const struct event *e)
{
    struct seen *s = arg;

    s->events++;
    buf_clear(&s->sql);
    buf_str(&s->sql, e->sql);
    buf_clear(&s->parameters);
    buf_str(&s->parameters, e->parameters);
    buf_clear(&s->session);
    buf_str(&s->session, e->session);
    s->span = e->span;
    s->map = e->map;
    assert_true(e->record_start < e->record_end);
    assert_true(e->record_end <= s->file.n);
    assert_true(e->span.start <= e->span.end && e->span.end <= s->file.n);
    return s->events != s->stop_after;
}

static void take_error(void *arg, uint64_t start, uint64_t end,
                       const char *message)
{
    struct seen *s = arg;

    assert_non_null(message);
    assert_true(start <= end && end <= s->file.n);
    if (s->errors++ == 0) {
        s->error_start = start;
        s->error_end = end;
    }
}

static bool read_all(struct seen *s, struct tl_str file)
{
    struct input_sink sink = {
        .event = take_event, .error = take_error, .arg = s};

    memset(s, 0, sizeof(*s));
    s->file = file;
    buf_init(&s->sql, 0);
    buf_init(&s->parameters, 0);
    buf_init(&s->session, 0);
    return input_csvlog.read(file, &sink);
}

static void seen_release(struct seen *s)
{
    buf_release(&s->sql);
    buf_release(&s->parameters);
    buf_release(&s->session);
}

static struct tl_str literal(const char *text)
{
    return (struct tl_str){text, strlen(text)};
}

static void one_record(void **state)
{
    struct seen s;

    (void)state;
    assert_true(read_all(&s, literal(ONE)));
    assert_int_equal(s.events, 1);
    assert_int_equal(s.errors, 0);
    assert_true(tl_str_is(buf_view(&s.sql), "SELECT 1"));
    assert_true(tl_str_is(buf_view(&s.session), "6b.1"));
    assert_memory_equal(s.file.p + s.span.start, "SELECT 1\"", 9);
    assert_int_equal(s.span.end - s.span.start, 8);
    seen_release(&s);
}

/* Doubled quotes and line ends: every byte of the statement maps to its own
   place in the file. */
static void doubled_quotes(void **state)
{
    static const char text[] =
        ONE HEAD "\"duration: 1.5 ms  execute <unnamed>: SELECT \"\"a\"\",\n"
                 "\t\"\"b\"\" AS \"\"x\"\"\"\"y\"\"\n  FROM \"\"t\"\"\","
                 "\"parameters: $1 = 'say \"\"hi\"\"'\",,,,,,,,\"web\",\"c\""
                 ",,0\n";
    struct seen s;

    (void)state;
    assert_true(read_all(&s, literal(text)));
    assert_int_equal(s.events, 2);
    struct tl_str sql = buf_view(&s.sql);
    assert_true(
        tl_str_is(sql, "SELECT \"a\",\n\t\"b\" AS \"x\"\"y\"\n  FROM \"t\""));
    assert_true(tl_str_is(buf_view(&s.parameters), "$1 = 'say \"hi\"'"));
    for (size_t i = 0; i < sql.n; i++) {
        uint64_t at = text_map_offset(&s.map, s.file, i);

        assert_true(at >= s.span.start && at < s.span.end);
        assert_int_equal(s.file.p[at], sql.p[i]);
    }
    assert_int_equal(text_map_offset(&s.map, s.file, 0), s.span.start);
    assert_int_equal(text_map_offset(&s.map, s.file, sql.n), s.span.end);
    seen_release(&s);
}

static void columns_by_release(void **state)
{
    static const char *const texts[] = {
        HEAD "\"statement: SELECT 1\",,,,,,,,,\n",              /* 12: 22 */
        HEAD "\"statement: SELECT 1\",,,,,,,,,\"web\"\n",       /* 12: 23 */
        HEAD "\"statement: SELECT 1\",,,,,,,,,\"web\",\"b\"\n", /* 13: 24 */
        ONE,
        HEAD "\"statement: SELECT 1\",,,,,,,,,\"web\",\"b\",,0\r\n",
        "\xef\xbb\xbf" ONE,
        "\n\n" ONE "\n",
    };
    struct seen s;

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        assert_true(input_csvlog.sniff(literal(texts[i])));
        assert_true(read_all(&s, literal(texts[i])));
        if (s.events != 1 || s.errors != 0)
            fail_msg("%zu: %zu events, %zu errors", i, s.events, s.errors);
        seen_release(&s);
    }
}

/* One bad record is one error, and costs no other. */
static void damage_is_local(void **state)
{
    static const char *const bad[] = {
        HEAD "\"statement: SELECT 1\n",
        HEAD "\"statement: SELECT 1\"x" TAIL,
        "2026-11-20 10:00:00.000 UTC,\"u\"\n",
        "garbage\n",
        "\"\n",
        ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,\n",
        "\x01\x02\xff\xfe\n",
    };
    struct seen s;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct buf b;

        buf_init(&b, 0);
        buf_puts(&b, ONE);
        buf_puts(&b, bad[i]);
        buf_puts(&b, ONE);
        buf_puts(&b, ONE);
        assert_true(read_all(&s, buf_view(&b)));
        if (s.events != 3 || s.errors != 1 || s.error_start < sizeof(ONE) - 1)
            fail_msg("%zu: %zu events, %zu errors", i, s.events, s.errors);
        seen_release(&s);
        buf_release(&b);
    }
}

static void nul_and_bad_utf8(void **state)
{
    static const char text[] =
        HEAD "\"statement: SELECT '\0\xff\xc3'\"" TAIL ONE;
    struct seen s;

    (void)state;
    assert_true(read_all(&s, (struct tl_str){text, sizeof(text) - 1}));
    assert_int_equal(s.events, 2);
    assert_int_equal(s.errors, 0);
    seen_release(&s);
}

static void every_cut(void **state)
{
    static const char text[] =
        ONE HEAD "\"execute a: SELECT \"\"a\"\"\n\",\"parameters: $1 = "
                 "'x'\",,,,,,,,\"web\",\"c\",,0\n";
    struct seen s;

    (void)state;
    for (size_t n = 0; n < sizeof(text); n++) {
        /* A copy of its own, so that reading behind it is seen. */
        char *copy = mem_alloc(n ? n : 1);

        memcpy(copy, text, n);
        assert_true(read_all(&s, (struct tl_str){copy, n}));
        input_csvlog.sniff((struct tl_str){copy, n});
        seen_release(&s);
        mem_free(copy);
    }
}

static void a_sink_that_stops(void **state)
{
    struct seen s;
    struct input_sink sink = {
        .event = take_event, .error = take_error, .arg = &s};

    (void)state;
    assert_true(read_all(&s, literal(ONE ONE ONE)));
    s.events = 0;
    s.stop_after = 2;
    assert_false(input_csvlog.read(s.file, &sink));
    assert_int_equal(s.events, 2);
    seen_release(&s);
}

/* 100 MB in one field, and a quote that never closes behind many records. */
static void large(void **state)
{
    struct buf b;
    struct seen s;

    (void)state;
    buf_init(&b, 0);
    buf_puts(&b, HEAD "\"statement: SELECT '");
    while (b.n < (size_t)100 << 20)
        buf_puts(&b, "0123456789 \"\"0123456789\"\" 0123456789 "
                     "0123456789 0123456789 0123456789 0123456789");
    buf_puts(&b, "'\"" TAIL ONE);
    assert_true(read_all(&s, buf_view(&b)));
    assert_int_equal(s.events, 2);
    assert_int_equal(s.errors, 0);
    seen_release(&s);
    buf_clear(&b);
    for (int i = 0; i < 20000; i++)
        buf_puts(&b, "2026-11-20 10:00:00.000 UTC,u\n");
    buf_puts(&b, HEAD "\"statement: SELECT 1");
    assert_true(read_all(&s, buf_view(&b)));
    assert_int_equal(s.events, 0);
    assert_true(s.errors >= 20000);
    seen_release(&s);
    buf_release(&b);
}

static void what_it_is_not(void **state)
{
    static const char *const texts[] = {
        "",
        "\n",
        "SELECT 1;",
        "a,b,c\n1,2,3\n",
        "{\"timestamp\":\"2026-11-20 10:00:00.000 UTC\"}",
        "2026-11-20 10:00:00.000 UTC [12] LOG:  statement: SELECT 1\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_false(input_csvlog.sniff(literal(texts[i])));
    assert_ptr_equal(input_sniff(literal(ONE)), &input_csvlog);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_record),         cmocka_unit_test(doubled_quotes),
        cmocka_unit_test(columns_by_release), cmocka_unit_test(damage_is_local),
        cmocka_unit_test(nul_and_bad_utf8),   cmocka_unit_test(every_cut),
        cmocka_unit_test(a_sink_that_stops),  cmocka_unit_test(large),
        cmocka_unit_test(what_it_is_not),
    };

    return cmocka_run_group_tests_name("csvlog", tests, NULL, NULL);
}
