/*
 * expect_test.c - the terms of expect-plan comments and their places.
 */
#include "plan/expect.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static const struct tl_expectation *read(const char *text, uint32_t *n)
{
    return expect_read(tl_str_c(text), 2, &arena, n);
}

static void terms_and_places(void **state)
{
    static const char text[] =
        "-- expect-plan: index=a_idx, no-seq-scan max-rows=1e3\n"
        "SELECT 1; /* expect-plan:node=\"Index Only Scan\" no-sort*/";
    uint32_t n;

    (void)state;
    arena_init(&arena, 0);
    const struct tl_expectation *e = read(text, &n);
    assert_int_equal(n, 5);
    assert_int_equal(e[0].kind, TL_EXPECT_INDEX);
    assert_true(tl_str_is(e[0].value, "a_idx"));
    assert_int_equal(e[0].span.start, 16);
    assert_int_equal(e[0].span.end, 27);
    assert_int_equal(e[0].span.source, 2);
    assert_int_equal(e[1].kind, TL_EXPECT_NO_SEQ_SCAN);
    assert_int_equal(e[1].value.n, 0);
    assert_int_equal(e[2].kind, TL_EXPECT_MAX_ROWS);
    assert_true(e[2].number == 1000);
    assert_int_equal(e[3].kind, TL_EXPECT_NODE);
    assert_true(tl_str_is(e[3].value, "Index Only Scan"));
    assert_int_equal(e[4].kind, TL_EXPECT_NO_SORT);
    assert_true(tl_str_is(e[4].text, "no-sort"));
    arena_release(&arena);
}

static void what_is_none(void **state)
{
    static const char *const unknown[] = {
        "-- expect-plan: seq-scan",       "-- expect-plan: index",
        "-- expect-plan: index=",         "-- expect-plan: max-rows=many",
        "-- expect-plan: max-rows=-1",    "-- expect-plan: no-sort=x",
        "-- expect-plan: max-ms=1second", "/* expect-plan: node=\"",
    };
    static const char *const nothing[] = {
        "", "-- expects a plan: index=x", "SELECT 'expect-plan: no-sort'",
        "-- expect-plan:", "-- Expect-plan: index=x"};
    uint32_t n;

    (void)state;
    arena_init(&arena, 0);
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
        const struct tl_expectation *e = read(unknown[i], &n);

        assert_int_equal(n, 1);
        assert_int_equal(e->kind, TL_EXPECT_UNKNOWN);
    }
    for (size_t i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++) {
        (void)read(nothing[i], &n);
        assert_int_equal(n, 0);
    }
    arena_release(&arena);
}

static void terms_without_a_comment(void **state)
{
    static const char text[] = " index=\"A b\", max-ms=3 sorted";
    uint32_t n;

    (void)state;
    arena_init(&arena, 0);
    const struct tl_expectation *e = expect_terms(tl_str_c(text), &arena, &n);
    assert_int_equal(n, 3);
    assert_true(tl_str_is(e[0].value, "A b"));
    assert_int_equal(e[0].span.end, 0);
    assert_true(e[1].number == 3);
    assert_int_equal(e[2].kind, TL_EXPECT_UNKNOWN);
    (void)expect_terms(TL_NONE, &arena, &n);
    assert_int_equal(n, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_and_places),
        cmocka_unit_test(what_is_none),
        cmocka_unit_test(terms_without_a_comment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
