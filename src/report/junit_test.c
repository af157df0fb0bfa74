/*
 * junit_test.c - what fails, what passes, what could not be read.
 */
#include "report/testing.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static struct sample s;

static void an_empty_run(void **state)
{
    (void)state;
    sample_init(&s);
    assert_string_equal(sample_write(&s, &report_junit),
                        HEAD "<testsuites name=\"tusklint\" tests=\"0\" "
                             "failures=\"0\" errors=\"0\">\n</testsuites>\n");
    sample_release(&s);
}

static void a_clean_file_is_a_test(void **state)
{
    static const bool judged[] = {true, false};

    (void)state;
    sample_init(&s);
    sample_source(&s, "a.sql", TL_STR("x"));
    sample_source(&s, "schema.sql", TL_STR("x"));
    s.run.judged = judged;
    assert_string_equal(
        sample_write(&s, &report_junit),
        HEAD "<testsuites name=\"tusklint\" tests=\"1\" failures=\"0\" "
             "errors=\"0\">\n"
             "  <testsuite name=\"a.sql\" tests=\"1\" failures=\"0\" "
             "errors=\"0\">\n"
             "    <testcase name=\"no findings\" classname=\"a.sql\" "
             "file=\"a.sql\"/>\n"
             "  </testsuite>\n</testsuites>\n");
    sample_release(&s);
}

static void a_finding_fails(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "::a.sql", TL_STR("\nDROP"));
    struct tl_finding *f =
        sample_finding(&s, sample_span(&s, id, "DROP"), "<It>");
    f->detail = TL_STR("::error::x");
    f->help = TL_STR("Do\nnot.");
    assert_string_equal(
        sample_write(&s, &report_junit),
        HEAD "<testsuites name=\"tusklint\" tests=\"1\" failures=\"1\" "
             "errors=\"0\">\n"
             "  <testsuite name=\"::a.sql\" tests=\"1\" failures=\"1\" "
             "errors=\"0\">\n"
             "    <testcase name=\"TL101 some-rule 2:1\" "
             "classname=\"::a.sql\" file=\"::a.sql\" line=\"2\">\n"
             "      <failure type=\"warning\" message=\"&lt;It&gt;\">"
             "./::a.sql:2:1: warning: &lt;It&gt;\n"
             "  = ::error::x\n  = help: Do\\x0anot.</failure>\n"
             "    </testcase>\n  </testsuite>\n</testsuites>\n");
    sample_release(&s);
}

static void below_the_bar_it_passes(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a.sql", TL_STR("x"));
    sample_finding(&s, (struct tl_span){0, 1, id}, "one");
    sample_finding(&s, (struct tl_span){0, 1, id}, "two");
    s.run.fail_on = TL_ERROR;
    const char *out = sample_write(&s, &report_junit);
    assert_non_null(strstr(out, "tests=\"2\" failures=\"0\""));
    assert_non_null(strstr(out, "<system-out>a.sql:1:1: warning: one"));
    assert_non_null(strstr(out, "name=\"TL101 some-rule 1:1 (2)\""));
    s.run.fail_on = TL_OFF;
    assert_null(strstr(sample_write(&s, &report_junit), "<failure"));
    sample_release(&s);
}

static void what_could_not_be_read_is_an_error(void **state)
{
    static const char *const failures[] = {"b.sql: gone"};
    static const char *const paths[] = {"b.sql"};

    (void)state;
    sample_init(&s);
    sample_finding(&s, (struct tl_span){0, 1, 9}, "nowhere");
    s.run.failures = failures;
    s.run.failure_paths = paths;
    s.run.n_failures = 1;
    const char *out = sample_write(&s, &report_junit);
    assert_non_null(strstr(out, "tests=\"2\" failures=\"1\" errors=\"1\""));
    assert_non_null(strstr(out, "<testsuite name=\"b.sql\" tests=\"1\" "
                                "failures=\"0\" errors=\"1\">"));
    assert_non_null(
        strstr(out, "<error type=\"failure\" message=\"b.sql: gone\"/>\n"));
    assert_non_null(strstr(out, "<testsuite name=\".\" tests=\"1\""));
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_run),
        cmocka_unit_test(a_clean_file_is_a_test),
        cmocka_unit_test(a_finding_fails),
        cmocka_unit_test(below_the_bar_it_passes),
        cmocka_unit_test(what_could_not_be_read_is_an_error),
    };

    return cmocka_run_group_tests_name("junit", tests, NULL, NULL);
}
