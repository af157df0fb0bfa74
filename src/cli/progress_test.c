/*
 * progress_test.c - when a line is due, and what it says.
 */
#include "cli/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void only_who_waits_sees_it(void **state)
{
    struct progress p = {.began = 100, .wanted = true};

    (void)state;
    assert_false(progress_is_due(&p, 100.9));
    assert_true(progress_is_due(&p, 101.1));
    p.visible = true;
    p.shown = 101.1;
    assert_false(progress_is_due(&p, 101.2));
    assert_true(progress_is_due(&p, 101.4));
    p.wanted = false;
    assert_false(progress_is_due(&p, 200));
}

static void says_how_far(void **state)
{
    char out[80];

    (void)state;
    progress_text(out, sizeof(out), "/var/log/app.csv", 420000000, 1000000000);
    assert_string_equal(out, "reading app.csv: 42 % of 1.0 GB");
    progress_text(out, sizeof(out), "a", 0, 0);
    assert_string_equal(out, "reading a: 0 % of 0 bytes");
    progress_text(out, sizeof(out), "x/\033[2J\n", 1, 20480);
    assert_string_equal(out, "reading ?[2J?: 0 % of 20 kB");
    progress_text(out, sizeof(out),
                  "a_very_long_name_that_would_not_fit_into_a_line.log", 1, 2);
    assert_true(strlen(out) < 75);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_who_waits_sees_it),
        cmocka_unit_test(says_how_far),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
