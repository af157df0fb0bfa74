/*
 * github_test.c - annotations: escapes, columns, and the runner's limits.
 */
#include "base/utf8.h"
#include "report/testing.h"

static struct sample s;

static size_t count(const char *text, const char *what)
{
    size_t n = 0;

    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static void an_annotation(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id =
        sample_source(&s, "a.sql", TL_STR("'\xF0\x9F\x98\x80' DROP\n"));
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, id, "DROP"), "It blocks 100%.");
    f->detail = TL_STR("reads");
    f->help = TL_STR("Do not: never, ever.");
    assert_string_equal(
        sample_write(&s, &report_github),
        "::warning file=a.sql,line=1,endLine=1,col=6,endColumn=10,"
        "title=tusklint TL101 some-rule::It blocks 100%25.%0Areads%0A"
        "Do not: never, ever.\n"
        "1 warning in 1 file\n");
    sample_release(&s);
}

/* The runner drops columns of a region that ends on another line. */
static void regions_of_several_lines_have_no_columns(void **state)
{
    (void)state;
    assert_non_null(
        strstr(sample_one(&s, &report_github, TL_STR("x A\r\nB\r\n"), "A\r\nB"),
               "file=a.sql,line=1,endLine=2,title="));
    sample_release(&s);
}

static void empty_regions_are_one_column(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_NONE);
    sample_finding(&s, (struct tl_span){0, 0, id}, "x");
    sample_finding(&s, (struct tl_span){0, 0, 9}, "nowhere");
    const char *out = sample_write(&s, &report_github);
    assert_non_null(strstr(out, ",line=1,endLine=1,col=1,endColumn=2,"));
    assert_non_null(strstr(out, "\n::warning title=tusklint TL101 some-rule::"
                                "nowhere\n"));
    sample_release(&s);
}

static void inputs_cannot_write_commands(void **state)
{
    (void)state;
    sample_init(&s);
    s.run.quiet = true;
    uint32_t id =
        sample_source(&s, "we,ird:na%me\r\n::error::.sql", TL_STR("x"));
    sample_finding(&s, (struct tl_span){0, 1, id},
                   "a\n::error title=p::b ##[error]c");
    assert_string_equal(
        sample_write(&s, &report_github),
        "::warning file=we%2Cird%3Ana%25me\\x0d\\x0a%3A%3Aerror%3A%3A.sql,"
        "line=1,endLine=1,col=1,endColumn=2,"
        "title=tusklint TL101 some-rule::"
        "a\\x0a::error title=p::b ##\\[error]c\n");
    sample_release(&s);
}

static void ten_of_a_kind_and_a_count(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("x"));
    for (int i = 0; i < 36; i++) {
        static const enum tl_severity kinds[] = {TL_NOTE, TL_WARNING, TL_ERROR};

        sample_finding(&s, (struct tl_span){0, 1, id}, "x")->severity =
            kinds[i % 3];
    }
    const char *out = sample_write(&s, &report_github);
    assert_int_equal(count(out, "::error "), 10);
    assert_int_equal(count(out, "::warning "), 10);
    assert_int_equal(count(out, "::notice "), 10);
    assert_true(strstr(out, "::error ") < strstr(out, "::warning "));
    assert_non_null(strstr(out, "::7 more findings are not shown"));
    sample_release(&s);
}

static void failures_are_errors(void **state)
{
    static const char *const failures[] = {"x.sql: gone\n::error::"};

    (void)state;
    sample_init(&s);
    s.run.failures = failures;
    s.run.n_failures = 1;
    assert_string_equal(sample_write(&s, &report_github),
                        "::error title=tusklint::x.sql: gone\\x0a::error::\n"
                        "No findings in 0 files; 1 failure\n");
    sample_release(&s);
}

static void long_texts_are_cut_between_characters(void **state)
{
    char text[6002] = "x";

    (void)state;
    for (size_t i = 1; i + 2 < sizeof(text); i += 2)
        memcpy(text + i, "\xC3\xA9", 2);
    text[6001] = '\0';
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("x"));
    sample_finding(&s, (struct tl_span){0, 1, id}, text);
    const char *out = sample_write(&s, &report_github);
    assert_non_null(strstr(out, "\xC3\xA9\xE2\x80\xA6\n"));
    assert_int_equal(utf8_invalid_at(tl_str_c(out)), strlen(out));
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_annotation),
        cmocka_unit_test(regions_of_several_lines_have_no_columns),
        cmocka_unit_test(empty_regions_are_one_column),
        cmocka_unit_test(inputs_cannot_write_commands),
        cmocka_unit_test(ten_of_a_kind_and_a_count),
        cmocka_unit_test(failures_are_errors),
        cmocka_unit_test(long_texts_are_cut_between_characters),
    };

    return cmocka_run_group_tests_name("github", tests, NULL, NULL);
}
