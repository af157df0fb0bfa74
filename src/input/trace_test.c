/*
 * trace_test.c - queries in JSON lines and in OpenTelemetry's spans.
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
    struct buf all; /* "trace route sql|parameters|ms|rows\n" of each */
    int64_t time_us;
    struct text_map map;
};

static bool take_event(void *arg, const struct event *e)
{
    struct seen *s = arg;

    s->events++;
    s->map = e->map;
    s->time_us = e->time_us;
    assert_true(e->span.start <= e->span.end && e->span.end <= s->file.n);
    buf_str(&s->all, e->trace);
    buf_char(&s->all, ' ');
    buf_str(&s->all, e->route);
    buf_char(&s->all, ' ');
    buf_str(&s->all, e->sql);
    buf_char(&s->all, '|');
    buf_str(&s->all, e->parameters.p ? e->parameters : TL_STR("none"));
    buf_printf(&s->all, "|%g|%g\n", e->ms, e->rows);
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
    assert_true(input_trace.read(text, &sink));
}

static void check(const char *text, const char *want, size_t errors)
{
    struct seen s;

    assert_ptr_equal(input_sniff(tl_str_c(text)), &input_trace);
    read_text(&s, tl_str_c(text));
    buf_char(&s.all, '\0');
    assert_string_equal(s.all.p, want);
    assert_int_equal(s.errors, errors);
    buf_release(&s.all);
}

static void lines(void **state)
{
    (void)state;
    check("{\"trace_id\":\"t1\",\"route\":\"GET /a\",\"sql\":\"SELECT $1\","
          "\"params\":[4,null,\"it's\",{\"a\":[1]}],\"duration_ms\":1.5,"
          "\"rows\":2,\"source\":{\"file\":\"a.js\"}}\n\n"
          "{\"request_id\":\"r\",\"sql\":\"SELECT \\\"x\\\"\",\"params\":[]}\n"
          "{\"request_id\":\"r\",\"note\":\"no query\"}\n",
          "t1 GET /a SELECT $1|$1 = '4', $2 = NULL, $3 = 'it''s', $4 = "
          "'{\"a\":[1]}'|1.5|2\n"
          "r  SELECT \"x\"||-1|-1\n",
          0);
    check("{\"sql\":\"SELECT 1\",\"duration_ms\":3}\nnonsense\n{\"sql\":\n"
          "{\"sql\":\"SELECT 2\",\"duration_ms\":4}\n",
          "  SELECT 1|none|3|-1\n  SELECT 2|none|4|-1\n", 2);
}

static void times(void **state)
{
    struct seen s;

    (void)state;
    read_text(&s, TL_STR("{\"sql\":\"SELECT 1\","
                         "\"ts\":\"1970-01-02T00:00:01.5Z\"}"));
    assert_int_equal(s.time_us, 86401500000);
    buf_release(&s.all);
}

#define SPAN(attributes)                                                       \
    "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"aa\","    \
    "\"startTimeUnixNano\":\"1000000000\","                                    \
    "\"endTimeUnixNano\":\"1002500000\",\"attributes\":[" attributes           \
    "],\"events\":[]},{\"traceId\":\"bb\",\"attributes\":[]}]}]}]}"

static void spans(void **state)
{
    (void)state;
    check(SPAN("{\"key\":\"db.query.text\",\"value\":{\"stringValue\":"
               "\"SELECT $1, $2\"}},{\"key\":\"db.postgresql.values\","
               "\"value\":{\"arrayValue\":{\"values\":[{\"stringValue\":"
               "\"FR\"},{\"intValue\":7}]}}},{\"key\":"
               "\"db.response.returned_rows\",\"value\":{\"intValue\":\"3\"}}"),
          "aa  SELECT $1, $2|$1 = 'FR', $2 = '7'|2.5|3\n", 0);
    /* The name before semantic conventions 1.24; members in another order. */
    check(SPAN("{\"value\":{\"stringValue\":\"x\"},\"key\":\"db.user\"},"
               "{\"key\":\"db.statement\",\"value\":{\"stringValue\":"
               "\"SELECT 1\"}}"),
          "aa  SELECT 1|none|2.5|-1\n", 0);
}

static void places_are_the_files(void **state)
{
    static const char text[] =
        "{\"trace_id\":\"t\",\"sql\":\"SELECT \\\"a\\\", b\"}";
    struct seen s;

    (void)state;
    read_text(&s, tl_str_c(text));
    assert_int_equal(text_map_offset(&s.map, s.file, 12),
                     strstr(text, "b\"}") - text);
    buf_release(&s.all);
}

static void every_cut(void **state)
{
    static const char *const texts[] = {
        "{\"trace_id\":\"t\",\"sql\":\"SELECT \\u0041\",\"params\":[1,[2]]}",
        SPAN("{\"key\":\"db.query.text\",\"value\":{\"stringValue\":\"S\"}},"
             "{\"key\":\"db.postgresql.values\",\"value\":{\"arrayValue\":"
             "{\"values\":[{\"stringValue\":\"F\"}]}}}"),
    };

    (void)state;
    for (size_t i = 0; i < 2; i++)
        for (size_t n = 0; n <= strlen(texts[i]); n++) {
            /* A copy of that size, so that a byte too far is seen. */
            char *copy = mem_alloc(n + 1);
            struct seen s;

            memcpy(copy, texts[i], n);
            (void)input_trace.sniff((struct tl_str){copy, n});
            read_text(&s, (struct tl_str){copy, n});
            assert_true(s.events <= 1);
            buf_release(&s.all);
            mem_free(copy);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),     cmocka_unit_test(times),
        cmocka_unit_test(spans),     cmocka_unit_test(places_are_the_files),
        cmocka_unit_test(every_cut),
    };

    return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
