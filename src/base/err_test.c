/*
 * err_test.c - messages are one line, and bounded.
 */
#include "base/err.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void is_false_and_formatted(void **state)
{
    struct err e;

    (void)state;
    assert_false(err_set(&e, "%s: %d", "a", 1));
    assert_string_equal(e.message, "a: 1");
    errno = ENOENT;
    assert_false(err_errno(&e, "%s", "f"));
    assert_string_equal(e.message, "f: No such file or directory");
}

static void hostile_names_stay_on_one_line(void **state)
{
    struct err e;

    (void)state;
    err_set(&e, "%s", "a\nb\x1b[31m\x7f");
    assert_string_equal(e.message, "a?b?[31m?");
    errno = EACCES;
    err_errno(&e, "%s", "a\r\n");
    assert_string_equal(e.message, "a??: Permission denied");
}

static void long_messages_are_cut(void **state)
{
    struct err e;
    char name[3000];

    (void)state;
    memset(name, 'x', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    errno = EIO;
    assert_false(err_errno(&e, "%s", name));
    assert_int_equal(strlen(e.message), sizeof(e.message) - 1);
    assert_false(err_set(&e, "%s", name));
    assert_int_equal(strlen(e.message), sizeof(e.message) - 1);
    errno = EIO;
    assert_false(err_errno(&e, "%.1020s", name));
    assert_int_equal(strlen(e.message), sizeof(e.message) - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_false_and_formatted),
        cmocka_unit_test(hostile_names_stay_on_one_line),
        cmocka_unit_test(long_messages_are_cut),
    };

    return cmocka_run_group_tests_name("base/err", tests, NULL, NULL);
}
