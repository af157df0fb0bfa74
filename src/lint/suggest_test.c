/*
 * suggest_test.c - slips find their name, other words find none.
 */
#include "lint/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const names[] = {
    "select",
    "severity",
    "schema",
    "quiet",
    "as",
    "jobs",
    "json",
    "html",
    "ignore",
    "require-concurrent-index-creation",
    "require-concurrent-index-deletion",
    "ban-drop-column",
    "ban-drop-table",
};

static struct tl_str nearest(struct tl_str asked)
{
    struct tl_str found = TL_NONE;
    unsigned best = 0;

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        suggest_consider(asked, tl_str_c(names[i]), &found, &best);
    return found;
}

static void test_slips(void **state)
{
    static const struct {
        const char *asked, *expected;
    } cases[] = {
        {"select", "select"},
        {"selct", "select"},
        {"slect", "select"},
        {"sellect", "select"},
        {"serverity", "severity"},
        {"qiet", "quiet"},
        {"shcema", "schema"},
        {"josn", "json"},
        {"yaml", NULL},
        {"nope", NULL},
        {"ban-drop-colum", "ban-drop-column"},
        {"ban-drop-tabel", "ban-drop-table"},
        {"require-concurrent-index-creatio",
         "require-concurrent-index-creation"},
        {"require-concurrent-index-delete",
         "require-concurrent-index-deletion"},
        {"as", "as"},
        {"zzzzzzzz", NULL},
        {"x", NULL},
        {"is", NULL},
        {"", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *expected = cases[i].expected;
        struct tl_str got = nearest(tl_str_c(cases[i].asked));

        if (!tl_str_is(got, expected ? expected : ""))
            fail_msg("%s: %.*s, not %s", cases[i].asked, TL_FMT(got),
                     expected ? expected : "none");
    }
}

/* The order of the candidates decides only between equals. */
static void test_first_of_equals(void **state)
{
    struct tl_str found = TL_NONE;
    unsigned best = 0;

    (void)state;
    suggest_consider(TL_STR("abcx"), TL_STR("abca"), &found, &best);
    suggest_consider(TL_STR("abcx"), TL_STR("abcb"), &found, &best);
    assert_true(tl_str_is(found, "abca"));
    suggest_consider(TL_STR("abcx"), TL_STR("abcx"), &found, &best);
    assert_true(tl_str_is(found, "abcx"));
    suggest_consider(TL_STR("abcx"), TL_STR("abca"), &found, &best);
    assert_true(tl_str_is(found, "abcx"));
}

/* What a user types has any length and any bytes. */
static void test_long_names(void **state)
{
    char text[400];
    struct tl_str found = TL_NONE;
    unsigned best = 0;

    (void)state;
    memset(text, 'a', sizeof(text));
    for (size_t n = 0; n <= sizeof(text); n++) {
        (void)nearest((struct tl_str){text, n});
        suggest_consider(TL_STR("select"), (struct tl_str){text, n}, &found,
                         &best);
    }
    assert_int_equal(nearest((struct tl_str){text, sizeof(text)}).n, 0);
    (void)nearest((struct tl_str){"a\0\xFF", 3});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slips),
        cmocka_unit_test(test_first_of_equals),
        cmocka_unit_test(test_long_names),
    };

    return cmocka_run_group_tests_name("suggest", tests, NULL, NULL);
}
