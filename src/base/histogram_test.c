/*
 * histogram_test.c - buckets cover all numbers, quantiles are near, and parts
 * add up.
 */
#include "base/histogram.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void every_value_has_a_near_bucket(void **state)
{
    uint32_t last = 0;

    (void)state;
    for (uint64_t value = 0; value < 100000; value++) {
        uint32_t number = histogram_number(value);
        uint64_t middle = histogram_value(number);

        assert_true(number == last || number == last + 1);
        assert_int_equal(histogram_number(middle), number);
        assert_true((middle > value ? middle - value : value - middle) <=
                    value / 16);
        last = number;
    }
    for (unsigned bit = 17; bit < 64; bit++)
        assert_true(histogram_number(((uint64_t)1 << bit) - 1) + 1 ==
                    histogram_number((uint64_t)1 << bit));
    assert_int_equal(histogram_number(UINT64_MAX), HISTOGRAM_BUCKETS - 1);
}

static void quantiles(void **state)
{
    struct histogram h = {.counts = VEC_INIT};

    (void)state;
    assert_int_equal(histogram_quantile(&h, 0.95), 0);
    for (uint64_t value = 1; value <= 1000; value++)
        histogram_add(&h, histogram_number(value), 1);
    uint64_t p95 = histogram_quantile(&h, 0.95);
    assert_in_range(p95, 950 - 950 / 16, 950 + 950 / 16);
    assert_in_range(histogram_quantile(&h, 0.5), 470, 530);
    assert_int_equal(histogram_quantile(&h, 0), 1);
    histogram_release(&h);
}

static void order_does_not_matter(void **state)
{
    struct histogram up = {.counts = VEC_INIT};
    struct histogram down = {.counts = VEC_INIT};

    (void)state;
    for (uint64_t i = 0; i < 500; i++) {
        histogram_add(&up, histogram_number(i * i), 1);
        histogram_add(&down, histogram_number((499 - i) * (499 - i)), 1);
    }
    histogram_add(&up, 400, 0);
    struct histogram_walk a = histogram_walk(&up);
    struct histogram_walk b = histogram_walk(&down);
    struct histogram_bucket x = {0, 0};
    struct histogram_bucket y;
    size_t n = 0;
    for (uint32_t last = 0; histogram_next(&a, &x); last = x.number, n++) {
        assert_true(histogram_next(&b, &y));
        assert_int_equal(x.number, y.number);
        assert_int_equal(x.count, y.count);
        assert_true(n == 0 || last < x.number);
    }
    assert_false(histogram_next(&b, &y));
    assert_int_equal(n, up.counts.n);
    histogram_release(&up);
    histogram_release(&down);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_has_a_near_bucket),
        cmocka_unit_test(quantiles),
        cmocka_unit_test(order_does_not_matter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
