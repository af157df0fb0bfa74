/*
 * jsonlog_test.c - lines of jsonlog: escapes, spans, damage, and agreement
 * with csvlog on what one server wrote in both forms.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/xxh.h"
#include "input/record.h"

#include <stdlib.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HEAD                                                                   \
    "{\"timestamp\":\"2026-11-20 10:00:00.000 UTC\",\"user\":\"u\",\"pid\":1," \
    "\"session_id\":\"6b.1\",\"vxid\":\"3/4\",\"error_severity\":\"LOG\","
#define TAIL                                                                   \
    ",\"application_name\":\"web\",\"query_id\":-9223372036854775808}\n"
#define ONE HEAD "\"message\":\"statement: SELECT 1\"" TAIL

struct seen {
    struct tl_str file;
    size_t events, errors;
    struct buf sql, parameters;
    struct tl_span span;
    struct text_map map;
    VEC(uint64_t) hashes; /* of each event */
};

static bool take_event(void *arg, const struct event *e)
{
    struct seen *s = arg;
    struct buf all;

    s->events++;
    buf_clear(&s->sql);
    buf_str(&s->sql, e->sql);
    buf_clear(&s->parameters);
    buf_str(&s->parameters, e->parameters);
    s->span = e->span;
    s->map = e->map;
    assert_true(e->record_start < e->record_end);
    assert_true(e->span.start <= e->span.end && e->span.end <= s->file.n);
    buf_init(&all, 0);
    buf_printf(&all, "%d %d %lld %.3f|", (int)e->kind, (int)e->protocol,
               (long long)e->time_us, e->ms);
    buf_str(&all, e->session);
    buf_str(&all, e->transaction);
    buf_str(&all, e->application);
    buf_str(&all, e->sql);
    buf_str(&all, e->parameters);
    vec_push(&s->hashes, XXH3_64bits(all.p, all.n));
    buf_release(&all);
    return true;
}

static void take_error(void *arg, uint64_t start, uint64_t end,
                       const char *message)
{
    struct seen *s = arg;

    assert_non_null(message);
    assert_true(start <= end && end <= s->file.n);
    s->errors++;
}

static void read_with(const struct input_format *format, struct seen *s,
                      struct tl_str file)
{
    struct input_sink sink = {
        .event = take_event, .error = take_error, .arg = s};

    memset(s, 0, sizeof(*s));
    s->file = file;
    buf_init(&s->sql, 0);
    buf_init(&s->parameters, 0);
    assert_true(format->read(file, &sink));
}

static void seen_release(struct seen *s)
{
    buf_release(&s->sql);
    buf_release(&s->parameters);
    vec_release(&s->hashes);
}

static struct tl_str literal(const char *text)
{
    return (struct tl_str){text, strlen(text)};
}

static void one_line(void **state)
{
    struct seen s;

    (void)state;
    assert_true(input_jsonlog.sniff(literal(ONE)));
    read_with(&input_jsonlog, &s, literal(ONE));
    assert_int_equal(s.events, 1);
    assert_int_equal(s.errors, 0);
    assert_true(tl_str_is(buf_view(&s.sql), "SELECT 1"));
    assert_memory_equal(s.file.p + s.span.start, "SELECT 1\"", 9);
    assert_int_equal(s.span.end - s.span.start, 8);
    seen_release(&s);
}

static void escapes(void **state)
{
    static const char text[] = ONE HEAD
        "\"message\":\"execute a: SELECT \\\"a\\\",\\n\\t'\\u00e9\\ud83d\\ude00"
        "' AS b\\/c\",\"detail\":\"parameters: $1 = '\\\\x41'\"" TAIL;
    struct seen s;

    (void)state;
    read_with(&input_jsonlog, &s, literal(text));
    assert_int_equal(s.events, 2);
    assert_int_equal(s.errors, 0);
    struct tl_str sql = buf_view(&s.sql);
    assert_true(
        tl_str_is(sql, "SELECT \"a\",\n\t'\xc3\xa9\xf0\x9f\x98\x80' AS b/c"));
    assert_true(tl_str_is(buf_view(&s.parameters), "$1 = '\\x41'"));
    assert_int_equal(text_map_offset(&s.map, s.file, 0), s.span.start);
    assert_int_equal(text_map_offset(&s.map, s.file, sql.n), s.span.end);
    /* "b" of "AS b/c". */
    uint64_t at = text_map_offset(&s.map, s.file, sql.n - 3);
    assert_memory_equal(s.file.p + at, "b\\/c", 4);
    seen_release(&s);
}

static void damage_is_local(void **state)
{
    static const char *const bad[] = {
        "{\"timestamp\":\"2026\n",
        "{\"a\":}\n",
        "{\"a\" 1}\n",
        "{\"a\":1,}\n",
        "{\"a\":[1,{\"b\":2]}\n",
        "{\"a\":1}x\n",
        "garbage\n",
        "[]\n",
        "\xff\xfe\n",
        HEAD "\"message\":\"statement: SELECT \\\n",
    };
    struct seen s;

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct buf b;

        buf_init(&b, 0);
        buf_puts(&b, ONE);
        buf_puts(&b, bad[i]);
        buf_puts(&b, ONE);
        read_with(&input_jsonlog, &s, buf_view(&b));
        if (s.events != 2 || s.errors != 1)
            fail_msg("%s: %zu events, %zu errors", bad[i], s.events, s.errors);
        seen_release(&s);
        buf_release(&b);
    }
}

static void deep_and_strange(void **state)
{
    struct buf b;
    struct seen s;

    (void)state;
    buf_init(&b, 0);
    buf_puts(&b, "{\"a\":");
    for (int i = 0; i < 100000; i++)
        buf_char(&b, '[');
    buf_puts(&b, "\n{}\n  \n{\"a\":[{\"b\":\"]\"}]}\n" ONE);
    read_with(&input_jsonlog, &s, buf_view(&b));
    assert_int_equal(s.events, 1);
    assert_int_equal(s.errors, 1);
    seen_release(&s);
    buf_clear(&b);
    /* A NUL and bytes that are no UTF-8 pass through. */
    static const char nul[] =
        HEAD "\"message\":\"statement: SELECT '\0\xff'\"" TAIL;
    read_with(&input_jsonlog, &s, (struct tl_str){nul, sizeof(nul) - 1});
    assert_int_equal(s.events, 1);
    seen_release(&s);
    /* 100 MB in one string. */
    buf_puts(&b, HEAD "\"message\":\"statement: SELECT '");
    while (b.n < (size_t)100 << 20)
        buf_puts(&b, "0123456789\\\\\\\"0123456789 0123456789 0123456789 "
                     "0123456789 0123456789 0123456789 0123456789");
    buf_puts(&b, "'\"" TAIL ONE);
    read_with(&input_jsonlog, &s, buf_view(&b));
    assert_int_equal(s.events, 2);
    assert_int_equal(s.errors, 0);
    seen_release(&s);
    buf_release(&b);
}

static void every_cut(void **state)
{
    static const char text[] =
        ONE HEAD "\"message\":\"execute a: SELECT \\\"a\\\" \\u00e9\"" TAIL;
    struct seen s;

    (void)state;
    for (size_t n = 0; n < sizeof(text); n++) {
        /* A copy of its own, so that reading behind it is seen. */
        char *copy = mem_alloc(n ? n : 1);

        memcpy(copy, text, n);
        read_with(&input_jsonlog, &s, (struct tl_str){copy, n});
        input_jsonlog.sniff((struct tl_str){copy, n});
        seen_release(&s);
        mem_free(copy);
    }
}

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* The server's two files hold the same events, in other orders. */
static void agrees_with_csvlog(void **state)
{
    static const char *const pairs[][2] = {
#define PAIR(name)                                                             \
    {"testdata/inputs/csvlog/" name ".csv",                                    \
     "testdata/inputs/jsonlog/" name ".json"}
        PAIR("duration0"),
        PAIR("duration0_sqlcommenter"),
        PAIR("statement_all_duration"),
        PAIR("auto_explain_json_plus_duration"),
        PAIR("verbose_truncparams"),
        PAIR("cursor_prepare"),
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        struct file files[2];
        struct seen seen[2];

        for (int k = 0; k < 2; k++) {
            assert_true(file_read(&files[k], pairs[i][k], 0, NULL));
            const struct input_format *f = input_sniff(files[k].text);
            assert_ptr_equal(f, k ? &input_jsonlog : &input_csvlog);
            read_with(f, &seen[k], files[k].text);
            assert_int_equal(seen[k].errors, 0);
            qsort(seen[k].hashes.v, seen[k].hashes.n, sizeof(uint64_t),
                  compare);
        }
        assert_true(seen[0].events > 0);
        assert_int_equal(seen[0].events, seen[1].events);
        assert_memory_equal(seen[0].hashes.v, seen[1].hashes.v,
                            seen[0].hashes.n * sizeof(uint64_t));
        for (int k = 0; k < 2; k++) {
            seen_release(&seen[k]);
            file_release(&files[k]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line),        cmocka_unit_test(escapes),
        cmocka_unit_test(damage_is_local), cmocka_unit_test(deep_and_strange),
        cmocka_unit_test(every_cut),       cmocka_unit_test(agrees_with_csvlog),
    };

    return cmocka_run_group_tests_name("jsonlog", tests, NULL, NULL);
}
