/*
 * concise_test.c - one line a finding, whatever the input holds.
 */
#include "report/testing.h"

static struct sample s;

static void a_line_as_compilers_write_it(void **state)
{
    (void)state;
    assert_string_equal(sample_one(&s, &report_concise,
                                   TL_STR("a\r\n\t\xF0\x9F\x98\x80 DROP"),
                                   "DROP"),
                        "a.sql:2:4: warning: It blocks. [TL101 some-rule]\n");
    sample_release(&s);
}

static void nothing_to_say(void **state)
{
    (void)state;
    sample_init(&s);
    sample_source(&s, "a.sql", TL_NONE);
    assert_string_equal(sample_write(&s, &report_concise), "");
    sample_release(&s);
}

static void inputs_cannot_write_lines(void **state)
{
    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "::error::\n.sql", TL_NONE);
    sample_finding(&s, (struct tl_span){0, 0, id}, "a\n::error::b ##[x]");
    sample_finding(&s, (struct tl_span){0, 0, 9}, "nowhere")->severity =
        TL_NOTE;
    assert_string_equal(
        sample_write(&s, &report_concise),
        "./::error::\\x0a.sql:1:1: warning: a\\x0a::error::b ##\\[x] "
        "[TL101 some-rule]\n"
        "note: nowhere [TL101 some-rule]\n");
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_as_compilers_write_it),
        cmocka_unit_test(nothing_to_say),
        cmocka_unit_test(inputs_cannot_write_lines),
    };

    return cmocka_run_group_tests_name("concise", tests, NULL, NULL);
}
