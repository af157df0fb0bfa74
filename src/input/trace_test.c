/*
 * trace_test.c - queries in JSON lines and in OpenTelemetry's spans.
 */
#include "input/testing.h"

/* "trace route sql|parameters|ms|rows\n" */
static void write_query(struct buf *out, const struct event *e)
{
    buf_str(out, e->trace);
    buf_char(out, ' ');
    buf_str(out, e->route);
    buf_char(out, ' ');
    buf_str(out, e->sql);
    buf_char(out, '|');
    buf_str(out, e->parameters.p ? e->parameters : TL_STR("none"));
    buf_printf(out, "|%g|%g\n", e->ms, e->rows);
}

static const struct seen_how trace = {.format = &input_trace,
                                      .write = write_query};

static void check(const char *text, const char *want, size_t errors)
{
    assert_ptr_equal(input_sniff(tl_str_c(text)), &input_trace);
    seen_check(&trace, tl_str_c(text), errors, want);
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
    seen_read(&s, &trace,
              TL_STR("{\"sql\":\"SELECT 1\","
                     "\"ts\":\"1970-01-02T00:00:01.5Z\"}"));
    assert_int_equal(s.last.time_us, 86401500000);
    seen_release(&s);
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
    seen_read(&s, &trace, tl_str_c(text));
    assert_int_equal(text_map_offset(&s.last.map, s.file, 12),
                     strstr(text, "b\"}") - text);
    seen_release(&s);
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
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        seen_every_cut(&trace, tl_str_c(texts[i]), 1);
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
