/*
 * fingerprint_test.c - what a finding's identity depends on, and on what not.
 */
#include "lint/fingerprint.h"

#include <tusklint/rule.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct tl_rule rule = {.id = "TL101", .name = "a"};
static const struct tl_rule other_rule = {.id = "TL102", .name = "b"};

static const char *path_of(uint32_t source, void *arg)
{
    const char *const *paths = arg;

    return paths[source];
}

static void assign(struct tl_finding *f, size_t n)
{
    static const char *paths[] = {"a.sql", "b.sql"};
    struct tl_finding *list[8];

    assert_true(n <= 8);
    for (size_t i = 0; i < n; i++)
        list[i] = &f[i];
    fingerprint_assign(list, n, path_of, paths);
}

static bool same(const struct tl_finding *a, const struct tl_finding *b)
{
    return a->fingerprint[0] == b->fingerprint[0] &&
           a->fingerprint[1] == b->fingerprint[1];
}

static const struct tl_finding base = {
    .rule = &rule,
    .severity = TL_WARNING,
    .span = {10, 20, 0},
    .message = {"m", 1},
    .object = {"public.t", 8},
    .statement_key = 7,
};

static void does_not_depend_on_places_and_words(void **state)
{
    struct tl_finding a = base;
    struct tl_finding b = base;

    (void)state;
    b.span.start = 999;
    b.span.end = 1000;
    b.severity = TL_ERROR;
    b.message = TL_STR("another message");
    b.help = TL_STR("help");
    assign(&a, 1);
    assign(&b, 1);
    assert_true(same(&a, &b));
    assert_true(a.fingerprint[0] || a.fingerprint[1]);
}

static void depends_on_rule_path_statement_and_object(void **state)
{
    struct tl_finding f[5] = {base, base, base, base, base};

    (void)state;
    f[1].rule = &other_rule;
    f[2].span.source = 1;
    f[3].statement_key = 8;
    f[4].object = TL_STR("public.u");
    assign(f, 5);
    for (size_t i = 0; i < 5; i++)
        for (size_t j = 0; j < i; j++)
            assert_false(same(&f[i], &f[j]));
}

/* A finding that is added behind others leaves theirs alone. */
static void equal_ones_are_numbered_in_order(void **state)
{
    struct tl_finding f[3] = {base, base, base};
    struct tl_finding fewer[2] = {base, base};

    (void)state;
    assign(f, 3);
    assign(fewer, 2);
    assert_false(same(&f[0], &f[1]));
    assert_false(same(&f[1], &f[2]));
    assert_true(same(&f[0], &fewer[0]));
    assert_true(same(&f[1], &fewer[1]));
}

static void none_at_all(void **state)
{
    (void)state;
    fingerprint_assign(NULL, 0, path_of, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(does_not_depend_on_places_and_words),
        cmocka_unit_test(depends_on_rule_path_statement_and_object),
        cmocka_unit_test(equal_ones_are_numbered_in_order),
        cmocka_unit_test(none_at_all),
    };

    return cmocka_run_group_tests_name("fingerprint", tests, NULL, NULL);
}
