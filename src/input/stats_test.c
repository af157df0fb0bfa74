/*
 * stats_test.c - what is counted, what is not known, and where counts stop.
 */
#include "input/stats.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct stats_call call(double ms, double rows, int64_t time_us)
{
    return (struct stats_call){.ms = ms,
                               .rows = rows,
                               .time_us = time_us,
                               .application = TL_STR("web")};
}

static void counts_and_merges(void **state)
{
    struct shape_stats a;
    struct shape_stats b;

    (void)state;
    stats_init(&a);
    stats_init(&b);
    assert_true(stats_p95_ms(&a) < 0);
    struct stats_call one = call(1.5, 2, 100);
    struct stats_call two = call(-1, -1, INT64_MIN);
    stats_count(&a, &one);
    stats_count(&a, &two);
    struct stats_call three = call(0.25, 1, 50);
    stats_count(&b, &three);
    stats_merge(&a, &b);
    assert_int_equal(a.calls, 3);
    assert_int_equal(a.timed, 2);
    assert_int_equal(a.total_us, 1750);
    assert_int_equal(a.max_us, 1500);
    assert_int_equal(a.rows, 3);
    assert_int_equal(a.first_us, 50);
    assert_int_equal(a.last_us, 100);
    assert_int_equal(a.applications.entries[0].count, 3);
    assert_true(stats_p95_ms(&a) == 1.5);
    stats_release(&a);
    stats_release(&b);
}

static void counts_stop_where_json_is_exact(void **state)
{
    struct shape_stats a;
    struct shape_stats b;

    (void)state;
    stats_init(&a);
    stats_init(&b);
    a.calls = b.calls = STATS_COUNT_MAX - 1;
    stats_merge(&a, &b);
    assert_int_equal(a.calls, STATS_COUNT_MAX);
    assert_int_equal(stats_us(1e300), STATS_COUNT_MAX);
    assert_int_equal(stats_us((double)NAN), 0);
    assert_int_equal(stats_us(-1), 0);
    stats_release(&a);
    stats_release(&b);
}

static void long_texts_are_cut_between_characters(void **state)
{
    char text[STATS_TEXT_MAX + 8];
    struct sketch s = {NULL, 0};

    (void)state;
    memset(text, 'a', sizeof(text));
    memcpy(text + STATS_TEXT_MAX - 1, "\xc3\xa9", 2);
    stats_keep(&s, 1, (struct tl_str){text, sizeof(text)}, 1);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.entries[0].text.n, STATS_TEXT_MAX - 1);
    sketch_release(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_merges),
        cmocka_unit_test(counts_stop_where_json_is_exact),
        cmocka_unit_test(long_texts_are_cut_between_characters),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
