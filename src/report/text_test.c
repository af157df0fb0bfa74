/*
 * text_test.c - what people read: marks, escapes, fixes, other places.
 */
#include "report/testing.h"

static struct sample s;

static const struct tl_edit *edit_at(struct tl_edit *e, struct tl_span span,
                                     const char *text)
{
    *e = (struct tl_edit){.span = span, .text = tl_str_c(text)};
    return e;
}

/* The whole text of one finding, without a summary. */
static void expect_one(struct tl_str text, const char *what, const char *wanted)
{
    sample_init(&s);
    s.run.quiet = true;
    uint32_t id = sample_source(&s, "a.sql", text);
    sample_finding(&s, sample_span(&s, id, what), "It blocks.");
    assert_string_equal(sample_write(&s, &report_text), wanted);
    sample_release(&s);
}

#define HEAD(place) "a.sql:" place ": warning: It blocks. [TL101 some-rule]\n"

static void marks_what_is_meant(void **state)
{
    (void)state;
    expect_one(TL_STR("SELECT 1;\nDROP TABLE t;\n"), "DROP TABLE",
               HEAD("2:1") "   2 | DROP TABLE t;\n"
                           "     | ^^^^^^^^^^\n\n");
}

static void tabs_are_blanks(void **state)
{
    (void)state;
    expect_one(TL_STR("\tx\tDROP y\n"), "DROP",
               HEAD("1:4") "   1 |     x   DROP y\n"
                           "     |         ^^^^\n\n");
}

static void wide_characters_take_two_columns(void **state)
{
    (void)state;
    expect_one(TL_STR("'\xF0\x9F\x98\x80\xE6\x97\xA5' e\xCC\x81 DROP"), "DROP",
               HEAD("1:9") "   1 | '\xF0\x9F\x98\x80\xE6\x97\xA5' e\xCC\x81 "
                           "DROP\n"
                           "     |          ^^^^\n\n");
}

static void line_ends_of_all_kinds(void **state)
{
    (void)state;
    expect_one(TL_STR("a\r\nDROP\r\nb"), "DROP",
               HEAD("2:1") "   2 | DROP\n     | ^^^^\n\n");
    expect_one(TL_STR("a\rDROP\rb"), "DROP",
               HEAD("2:1") "   2 | DROP\n     | ^^^^\n\n");
    expect_one(TL_STR("\xEF\xBB\xBF"
                      "DROP\n"),
               "DROP", HEAD("1:1") "   1 | DROP\n     | ^^^^\n\n");
}

static void nothing_hidden_is_printed(void **state)
{
    (void)state;
    expect_one(TL_STR("\x1b[31m \xE2\x80\xAE ##[error]x \xFF DROP"), "DROP",
               HEAD("1:22") "   1 | \\x1b[31m <U+202E> ##\\[error]x \\xff "
                            "DROP\n"
                            "     |                                    ^^^^"
                            "\n\n");
}

static void spans_of_several_lines(void **state)
{
    (void)state;
    expect_one(TL_STR("x CREATE\n\n    y;\n"), "CREATE\n\n    y",
               HEAD("1:3") "   1 | x CREATE\n"
                           "     |   ^^^^^^\n"
                           "   2 |\n"
                           "   3 |     y;\n"
                           "     |     ^\n\n");
    expect_one(TL_STR("a\nb\nc\nd\ne\nf\n"), "a\nb\nc\nd\ne\nf",
               HEAD("1:1") "   1 | a\n     | ^\n   2 | b\n     | ^\n"
                           "   3 | c\n     | ^\n     | ...\n\n");
}

static void long_lines_are_shown_around_the_mark(void **state)
{
    struct buf line;
    const char *out;

    (void)state;
    buf_init(&line, 0);
    for (int i = 0; i < 5000; i++)
        buf_puts(&line, i == 3000 ? "DROP" : "x");
    out = sample_one(&s, &report_text, buf_view(&line), "DROP");
    assert_true(strlen(out) < 500);
    assert_non_null(strstr(out, "DROP"));
    assert_non_null(strstr(out, "\n     |                          ^^^^\n"));
    sample_release(&s);
    /* Tabs are wider than their bytes. */
    buf_clear(&line);
    for (int i = 0; i < 60; i++)
        buf_char(&line, '\t');
    buf_puts(&line, "DROP");
    out = sample_one(&s, &report_text, buf_view(&line), "DROP");
    assert_non_null(strstr(out, "DROP"));
    assert_non_null(strstr(out, "^^^^"));
    sample_release(&s);
    buf_release(&line);
}

static void place_at_the_end(void **state)
{
    (void)state;
    sample_init(&s);
    s.run.quiet = true;
    uint32_t id = sample_source(&s, "a.sql", TL_STR("SELECT ("));
    sample_finding(&s, (struct tl_span){8, 8, id}, "It ends.");
    sample_finding(&s, (struct tl_span){800, 900, id}, "It ends.");
    assert_string_equal(sample_write(&s, &report_text),
                        "a.sql:1:9: warning: It ends. [TL101 some-rule]\n"
                        "   1 | SELECT (\n"
                        "     |         ^\n\n"
                        "a.sql:1:9: warning: It ends. [TL101 some-rule]\n"
                        "   1 | SELECT (\n"
                        "     |         ^\n\n");
    sample_release(&s);
}

static void source_without_text_and_no_source(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "::a.sql", TL_NONE);
    sample_finding(&s, (struct tl_span){0, 0, id}, "Empty.");
    sample_finding(&s, (struct tl_span){0, 0, 99}, "Nowhere.");
    assert_string_equal(sample_write(&s, &report_text),
                        "./::a.sql:1:1: warning: Empty. [TL101 some-rule]\n\n"
                        "warning: Nowhere. [TL101 some-rule]\n\n"
                        "2 warnings in 1 file\n");
    sample_release(&s);
}

static void other_places_and_advice(void **state)
{
    struct tl_related second = {.message = TL_STR("the line above")};
    struct tl_related first = {.message = TL_STR("made here"), .next = &second};

    (void)state;
    sample_init(&s);
    s.run.quiet = true;
    uint32_t a = sample_source(&s, "a.sql", TL_STR("DROP;\nDROP\n"));
    uint32_t b = sample_source(&s, "b.sql", TL_STR("CREATE TABLE t (\n);\n"));
    first.span = sample_span(&s, b, "CREATE TABLE t (\n)");
    second.span = sample_span(&s, a, "DROP");
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, a, "DROP"), "It blocks.");
    f->related = &first;
    f->detail = TL_STR("blocks reads");
    f->help = TL_STR("Do not.");
    f = sample_finding(&s, sample_span(&s, a, "DROP\n"), "It blocks.");
    f->help = TL_STR("Do not.");
    f->span.end--;
    assert_string_equal(sample_write(&s, &report_text),
                        HEAD("1:1") "   1 | DROP;\n"
                                    "     | ^^^^\n"
                                    "     = blocks reads\n"
                                    "     = b.sql:1:1: made here\n"
                                    "   1 | CREATE TABLE t (\n"
                                    "     | ----------------\n"
                                    "     = a.sql:1:1: the line above\n"
                                    "     = help: Do not.\n\n" HEAD("2:1") //
                        "   2 | DROP\n"
                        "     | ^^^^\n"
                        "     = help: as above\n\n");
    sample_release(&s);
}

static void long_advice_is_wrapped(void **state)
{
    (void)state;
    sample_init(&s);
    s.run.quiet = true;
    s.run.width = 40;
    uint32_t id = sample_source(&s, "a.sql", TL_STR("DROP"));
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, id, "DROP"), "It blocks.");
    f->help = TL_STR("Write four words and then four more\nand a line.");
    const char *out = sample_write(&s, &report_text);
    assert_non_null(strstr(out, "     = help: Write four words and then\n"
                                "             four more\n"
                                "             and a line.\n"));
    sample_release(&s);
}

static void queries_come_first_the_costly_ones_on_top(void **state)
{
    (void)state;
    sample_init(&s);
    const struct tl_shape slow = {.display = tl_str_c("select a from t"),
                                  .hash = 7,
                                  .calls = 4,
                                  .total_ms = 30,
                                  .p95_ms = 18,
                                  .max_ms = 20};
    const struct tl_shape wide = {
        .display =
            tl_str_c("select \x1b\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
                     "\xC3\xA9\xC3\xA9\xC3\xA9 from t"),
        .calls = 1,
        .total_ms = 10,
        .max_ms = 10};
    const struct tl_shape *const list[] = {&slow, &wide};
    s.run.queries = list;
    s.run.n_queries = 2;
    s.run.width = 40;
    uint32_t id = sample_source(&s, "a.sql", TL_STR("DROP"));
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, id, "DROP"), "It blocks.");
    f->statement_key = 7;
    const char *out = sample_write(&s, &report_text);
    assert_non_null(strstr(
        out,
        "2 of 2 queries, by time: 40.0 ms in 5 calls\n\n"
        "   share   total ms    calls  mean ms   p95 ms   max ms findings  "
        "query\n"
        "  75.0 %       30.0        4     7.50    18.00    20.00        1  "
        "select a from t\n"));
    /* Whole characters, and none that steers a terminal. */
    assert_non_null(strstr(out, "\xC3\xA9\xE2\x80\xA6\n"));
    assert_null(strchr(out, '\x1b'));
    s.run.quiet = true;
    assert_null(strstr(sample_write(&s, &report_text), "by time"));
    sample_release(&s);
}

static void queries_without_times_go_by_calls(void **state)
{
    (void)state;
    sample_init(&s);
    const struct tl_shape often = {.display = TL_STR("select a from t"),
                                   .calls = 3,
                                   .total_ms = -1,
                                   .p95_ms = -1,
                                   .max_ms = -1};
    const struct tl_shape *const list[] = {&often};
    s.run.queries = list;
    s.run.n_queries = 1;
    assert_non_null(strstr(sample_write(&s, &report_text),
                           "1 of 1 query, by calls: 3 calls\n\n"
                           "   share    calls findings  query\n"
                           " 100.0 %        3           select a from t\n"));
    sample_release(&s);
}

static void expect_change(struct tl_str text, const struct tl_edit *edits,
                          const char *wanted)
{
    struct tl_fix fix = {.title = TL_STR("do it")};

    sample_init(&s);
    s.run.quiet = true;
    uint32_t id = sample_source(&s, "a.sql", text);
    struct tl_finding *f =
        sample_finding(&s, (struct tl_span){0, 1, id}, "It blocks.");
    memcpy(&fix.edits, &edits, sizeof(edits));
    f->fix = &fix;
    const char *out = strstr(sample_write(&s, &report_text), "     = fix");
    assert_non_null(out);
    assert_string_equal(out, wanted);
    sample_release(&s);
}

static void fixes_show_what_they_change(void **state)
{
    struct tl_edit e;
    struct tl_edit next;

    (void)state;
    expect_change(TL_STR("CREATE INDEX i;\n"),
                  edit_at(&e, (struct tl_span){12, 12, 0}, " CONCURRENTLY"),
                  "     = fix: do it (--fix)\n"
                  "   1 - CREATE INDEX i;\n"
                  "     + CREATE INDEX CONCURRENTLY i;\n\n");
    /* A whole line goes; what follows it is no change. */
    expect_change(TL_STR("a\nb\nc\n"),
                  edit_at(&e, (struct tl_span){2, 4, 0}, ""),
                  "     = fix: do it (--fix)\n   2 - b\n\n");
    /* A line is added at the end. */
    expect_change(TL_STR("a;\n"),
                  edit_at(&e, (struct tl_span){2, 2, 0}, "\nb;"),
                  "     = fix: do it (--fix)\n     + b;\n\n");
    /* Two places. */
    edit_at(&next, (struct tl_span){4, 5, 0}, "z");
    edit_at(&e, (struct tl_span){0, 1, 0}, "x");
    e.next = &next;
    expect_change(TL_STR("a\nb\nc\n"), &e,
                  "     = fix: do it (--fix)\n"
                  "   1 - a\n     + x\n   3 - c\n     + z\n\n");
    /* Nonsense changes nothing. */
    expect_change(TL_STR("a\n"), edit_at(&e, (struct tl_span){5, 2, 0}, "x"),
                  "     = fix: do it (--fix)\n\n");
}

static void fixes_of_long_lines_are_cut(void **state)
{
    static char line[9000];
    struct tl_edit e;
    struct tl_fix fix = {.title = TL_STR("do it"), .edits = &e};

    (void)state;
    memset(line, 'x', sizeof(line) - 1);
    edit_at(&e, (struct tl_span){8000, 8000, 0}, "\x1b[0m");
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", tl_str_c(line));
    sample_finding(&s, (struct tl_span){0, 1, id}, "It blocks.")->fix = &fix;
    const char *out = strstr(sample_write(&s, &report_text), "     = fix");
    assert_non_null(strstr(out, "\n   1 - \xE2\x80\xA6xxxx"));
    assert_non_null(strstr(out, "\n     + \xE2\x80\xA6xxxxxxxxxxxxxxxxxxxxxxxx"
                                "\\x1b[0mxxx"));
    assert_true(strlen(out) < 400);
    sample_release(&s);
}

static void color_only_when_asked(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("DROP"));
    sample_finding(&s, sample_span(&s, id, "DROP"), "It blocks.");
    assert_null(strchr(sample_write(&s, &report_text), '\x1b'));
    s.run.color = true;
    assert_non_null(strstr(sample_write(&s, &report_text), "\x1b[1;33m"));
    sample_release(&s);
}

static void statistics_and_summary(void **state)
{
    (void)state;
    sample_init(&s);
    assert_string_equal(sample_write(&s, &report_text),
                        "No findings in 0 files: nothing to read was found\n");
    uint32_t id = sample_source(&s, "a.sql", TL_NONE);
    for (int i = 0; i < 3; i++)
        sample_finding(&s, (struct tl_span){0, 0, id}, "x");
    s.findings[2].rule = &sample_broken;
    s.findings[2].severity = TL_ERROR;
    s.run.n_suppressed = 4;
    s.run.statistics = true;
    const char *out = sample_write(&s, &report_text);
    assert_non_null(strstr(out, "\n     2  TL101 some-rule\n"
                                "     1  TL001 syntax-error\n\n"
                                "1 error, 2 warnings in 1 file; "
                                "4 hidden by comments\n"));
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_what_is_meant),
        cmocka_unit_test(tabs_are_blanks),
        cmocka_unit_test(wide_characters_take_two_columns),
        cmocka_unit_test(line_ends_of_all_kinds),
        cmocka_unit_test(nothing_hidden_is_printed),
        cmocka_unit_test(spans_of_several_lines),
        cmocka_unit_test(long_lines_are_shown_around_the_mark),
        cmocka_unit_test(place_at_the_end),
        cmocka_unit_test(source_without_text_and_no_source),
        cmocka_unit_test(other_places_and_advice),
        cmocka_unit_test(long_advice_is_wrapped),
        cmocka_unit_test(queries_come_first_the_costly_ones_on_top),
        cmocka_unit_test(queries_without_times_go_by_calls),
        cmocka_unit_test(fixes_show_what_they_change),
        cmocka_unit_test(fixes_of_long_lines_are_cut),
        cmocka_unit_test(color_only_when_asked),
        cmocka_unit_test(statistics_and_summary),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
