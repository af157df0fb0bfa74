/*
 * markdown_test.c - nothing from an input is markup.
 */
#include "report/testing.h"

static struct sample s;

static void a_table(void **state)
{
    (void)state;
    assert_string_equal(
        sample_one(&s, &report_markdown, TL_STR("a\nDROP"), "DROP"),
        "### tusklint\n\n1 warning in 1 file\n\n"
        "| severity | where | what | rule |\n|---|---|---|---|\n"
        "| warning | a.sql&#58;2&#58;1 | It blocks. | TL101 some-rule |\n");
    sample_release(&s);
}

static void inputs_cannot_write_markup(void **state)
{
    static const char *const failures[] = {"<b>\n# x"};

    (void)state;
    sample_init(&s);
    uint32_t id = sample_source(&s, "a|b.sql", TL_NONE);
    sample_finding(&s, (struct tl_span){0, 0, id},
                   "<img> ![x](y) @someone `a` | b\n# c");
    s.run.failures = failures;
    s.run.n_failures = 1;
    const char *out = sample_write(&s, &report_markdown);
    assert_null(strpbrk(strstr(out, "&#124;b.sql"), "<>`@[]"));
    assert_non_null(strstr(out, "\n- &#60;b&#62;"));
    sample_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table),
        cmocka_unit_test(inputs_cannot_write_markup),
    };

    return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
