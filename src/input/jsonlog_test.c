/*
 * jsonlog_test.c - lines of jsonlog: escapes, spans, damage, and agreement
 * with csvlog on what one server wrote in both forms.
 */
#include "base/file.h"
#include "input/testing.h"

#define HEAD                                                                   \
    "{\"timestamp\":\"2026-11-20 10:00:00.000 UTC\",\"user\":\"u\",\"pid\":1," \
    "\"session_id\":\"6b.1\",\"vxid\":\"3/4\",\"error_severity\":\"LOG\","
#define TAIL                                                                   \
    ",\"application_name\":\"web\",\"query_id\":-9223372036854775808}\n"
#define ONE HEAD "\"message\":\"statement: SELECT 1\"" TAIL

/* "sql|parameters\n" */
static void write_query(struct buf *out, const struct event *e)
{
    buf_str(out, e->sql);
    buf_char(out, '|');
    buf_str(out, e->parameters);
    buf_char(out, '\n');
}

static const struct seen_how jsonlog = {
    .format = &input_jsonlog, .write = write_query, .session_counts = true};

static void one_line(void **state)
{
    struct seen s;

    (void)state;
    assert_true(input_jsonlog.sniff(tl_str_c(ONE)));
    seen_read(&s, &jsonlog, tl_str_c(ONE));
    assert_int_equal(s.events, 1);
    assert_int_equal(s.errors, 0);
    assert_string_equal(s.all.p, "SELECT 1|\n");
    assert_memory_equal(s.file.p + s.last.span.start, "SELECT 1\"", 9);
    assert_int_equal(s.last.span.end - s.last.span.start, 8);
    seen_release(&s);
}

static void escapes(void **state)
{
    static const char text[] = ONE HEAD
        "\"message\":\"execute a: SELECT \\\"a\\\",\\n\\t'\\u00e9\\ud83d\\ude00"
        "' AS b\\/c\",\"detail\":\"parameters: $1 = '\\\\x41'\"" TAIL;
    struct seen s;

    (void)state;
    seen_read(&s, &jsonlog, tl_str_c(text));
    assert_int_equal(s.events, 2);
    assert_int_equal(s.errors, 0);
    assert_string_equal(s.all.p, "SELECT 1|\nSELECT \"a\",\n\t'\xc3\xa9"
                                 "\xf0\x9f\x98\x80' AS b/c|"
                                 "$1 = '\\x41'\n");
    size_t n = strlen("SELECT \"a\",\n\t'\xc3\xa9\xf0\x9f\x98\x80' AS b/c");
    assert_int_equal(text_map_offset(&s.last.map, s.file, 0),
                     s.last.span.start);
    assert_int_equal(text_map_offset(&s.last.map, s.file, n), s.last.span.end);
    /* "b" of "AS b/c". */
    uint64_t at = text_map_offset(&s.last.map, s.file, n - 3);
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
        seen_read(&s, &jsonlog, buf_view(&b));
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
    seen_read(&s, &jsonlog, buf_view(&b));
    assert_int_equal(s.events, 1);
    assert_int_equal(s.errors, 1);
    seen_release(&s);
    buf_clear(&b);
    /* A NUL and bytes that are no UTF-8 pass through. */
    static const char nul[] =
        HEAD "\"message\":\"statement: SELECT '\0\xff'\"" TAIL;
    seen_read(&s, &jsonlog, (struct tl_str){nul, sizeof(nul) - 1});
    assert_int_equal(s.events, 1);
    seen_release(&s);
    /* 100 MB in one string. */
    buf_puts(&b, HEAD "\"message\":\"statement: SELECT '");
    while (b.n < (size_t)100 << 20)
        buf_puts(&b, "0123456789\\\\\\\"0123456789 0123456789 0123456789 "
                     "0123456789 0123456789 0123456789 0123456789");
    buf_puts(&b, "'\"" TAIL ONE);
    seen_read(&s, &jsonlog, buf_view(&b));
    assert_int_equal(s.events, 2);
    assert_int_equal(s.errors, 0);
    seen_release(&s);
    buf_release(&b);
}

static void every_cut(void **state)
{
    static const char text[] =
        ONE HEAD "\"message\":\"execute a: SELECT \\\"a\\\" \\u00e9\"" TAIL;

    (void)state;
    seen_every_cut(&jsonlog, tl_str_c(text), 2);
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
    static const struct seen_how csvlog = {.format = &input_csvlog,
                                           .session_counts = true};

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        struct file files[2];

        for (int k = 0; k < 2; k++) {
            assert_true(file_read(&files[k], pairs[i][k], 0, NULL));
            assert_ptr_equal(input_sniff(files[k].text),
                             k ? &input_jsonlog : &input_csvlog);
        }
        seen_agree(&csvlog, files[0].text, &jsonlog, files[1].text);
        for (int k = 0; k < 2; k++)
            file_release(&files[k]);
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
