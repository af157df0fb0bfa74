/*
 * glob_test.c - patterns over paths.
 */
#include "config/glob.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct pair {
    const char *pattern;
    const char *path;
};

static void these_match(void **state)
{
    static const struct pair pairs[] = {
        {"a.sql", "a.sql"},
        {"a.sql", "db/x/a.sql"},
        {"*.sql", "db/a.sql"},
        {"vendor/", "vendor/a.sql"},
        {"vendor/", "x/vendor/y/a.sql"},
        {"vendor", "vendor/a.sql"},
        {"db/seeds", "db/seeds/1.sql"},
        {"db/**", "db/x/y.sql"},
        {"db/**/z.sql", "db/z.sql"},
        {"db/**/z.sql", "db/x/y/z.sql"},
        {"**", "a"},
        {"**/b/*.sql", "b/1.sql"},
        {"**/b/*.sql", "a/b/1.sql"},
        {"/a.sql", "a.sql"},
        {"db/?.sql", "db/1.sql"},
        {"db/[0-9]*.sql", "db/12.sql"},
        {"db/[!0-9]*.sql", "db/a.sql"},
        {"db/[]x].sql", "db/].sql"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (!glob_matches(pairs[i].pattern, pairs[i].path))
            fail_msg("%s does not match %s", pairs[i].pattern, pairs[i].path);
}

static void these_do_not(void **state)
{
    static const struct pair pairs[] = {
        {"a.sql", "a.sqlx"},        {"a.sql", "ba.sql"},
        {"db/*.sql", "x/db/a.sql"}, {"db/*.sql", "db/x/a.sql"},
        {"vendor/", "vendor"},      {"/a.sql", "db/a.sql"},
        {"db/?", "db/ab"},          {"db/[0-9].sql", "db/a.sql"},
        {"a/**/b", "a/c"},          {"d?b", "d/b"},
        {"d[!x]b", "d/b"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
        if (glob_matches(pairs[i].pattern, pairs[i].path))
            fail_msg("%s matches %s", pairs[i].pattern, pairs[i].path);
}

static void stars_take_no_time(void **state)
{
    char path[512];

    (void)state;
    for (size_t i = 0; i < sizeof(path) - 1; i++)
        path[i] = i % 2 ? '/' : 'a';
    path[sizeof(path) - 1] = '\0';
    assert_false(glob_matches("**/**/**/**/**/**/**/**/z", path));
    assert_false(glob_matches("*a*a*a*a*a*a*a*a*a*a*a/**/**/*z/b", path));
}

static void what_is_no_pattern(void **state)
{
    (void)state;
    assert_null(glob_problem("db/**/[0-9]*.sql"));
    assert_null(glob_problem("a..b"));
    assert_non_null(glob_problem(""));
    assert_non_null(glob_problem("!a"));
    assert_non_null(glob_problem("a{b,c}"));
    assert_non_null(glob_problem("a\\b"));
    assert_non_null(glob_problem("a[b"));
    assert_non_null(glob_problem("a[]b"));
    assert_non_null(glob_problem("../a"));
    assert_non_null(glob_problem("a/../../b"));
    assert_non_null(glob_problem("a/.."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(these_match),
        cmocka_unit_test(these_do_not),
        cmocka_unit_test(stars_take_no_time),
        cmocka_unit_test(what_is_no_pattern),
    };

    return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
