/*
 * checkstyle_test.c - files with their errors, whatever stands in them.
 */
#include "report/testing.h"

#define HEAD                                                                   \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle "                 \
    "version=\"4.3\">\n"

static struct sample s;

static void an_empty_run(void **state)
{
    (void)state;
    sample_init(&s);
    assert_string_equal(sample_write(&s, &report_checkstyle),
                        HEAD "</checkstyle>\n");
    sample_release(&s);
}

static void an_error(void **state)
{
    (void)state;
    assert_string_equal(
        sample_one(&s, &report_checkstyle,
                   TL_STR("a\r\n\t\xF0\x9F\x98\x80 DROP"), "DROP"),
        HEAD "  <file name=\"a.sql\">\n"
             "    <error line=\"2\" column=\"4\" severity=\"warning\" "
             "message=\"It blocks.\" source=\"tusklint.TL101\"/>\n"
             "  </file>\n</checkstyle>\n");
    sample_release(&s);
}

static void inputs_write_no_xml(void **state)
{
    static const char *const failures[] = {"<gone>"};

    (void)state;
    sample_init(&s);
    sample_source(&s, "unused.sql", TL_NONE);
    uint32_t id = sample_source(&s, "a\"\n&.sql", TL_STR("x"));
    struct tl_finding *f =
        sample_finding(&s, (struct tl_span){0, 1, id}, "]]> '<a\x01");
    f->severity = TL_NOTE;
    f->detail = TL_STR("\xEF\xBF\xBE\xFF");
    sample_finding(&s, (struct tl_span){0, 1, 9}, "x")->severity = TL_ERROR;
    s.run.failures = failures;
    s.run.n_failures = 1;
    assert_string_equal(
        sample_write(&s, &report_checkstyle),
        HEAD "  <file name=\".\">\n"
             "    <error severity=\"error\" message=\"&lt;gone&gt;\" "
             "source=\"tusklint.failure\"/>\n  </file>\n"
             "  <file name=\"a&quot;\\x0a&amp;.sql\">\n"
             "    <error line=\"1\" column=\"1\" severity=\"info\" "
             "message=\"]]&gt; '&lt;a\\x01 &lt;U+FFFE&gt;\\xff\" "
             "source=\"tusklint.TL101\"/>\n  </file>\n"
             "  <file name=\".\">\n"
             "    <error severity=\"error\" message=\"x\" "
             "source=\"tusklint.TL101\"/>\n  </file>\n</checkstyle>\n");
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_run),
        cmocka_unit_test(an_error),
        cmocka_unit_test(inputs_write_no_xml),
    };

    return cmocka_run_group_tests_name("checkstyle", tests, NULL, NULL);
}
