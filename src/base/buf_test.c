/*
 * buf_test.c - growth of buffers, and what happens at their maximum.
 */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void grows_and_stays_terminated(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    assert_int_equal(buf_view(&b).n, 0);
    assert_non_null(buf_view(&b).p);
    buf_str(&b, TL_NONE);
    for (int i = 0; i < 1000; i++) {
        buf_char(&b, 'a');
        buf_puts(&b, "bc");
        buf_printf(&b, "%d", i % 10);
        assert_int_equal(b.p[b.n], 0);
    }
    assert_int_equal(b.n, 4000);
    assert_memory_equal(b.p + 3996, "abc9", 5);
    assert_false(b.full);
    buf_clear(&b);
    assert_string_equal(b.p, "");
    buf_release(&b);
    assert_null(b.p);
}

static void keeps_what_fits(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 5);
    buf_puts(&b, "abcde");
    assert_false(b.full);
    buf_puts(&b, "");
    assert_false(b.full);
    buf_char(&b, 'f');
    assert_true(b.full);
    assert_string_equal(b.p, "abcde");
    buf_clear(&b);
    assert_false(b.full);
    buf_printf(&b, "%s", "12345678");
    assert_true(b.full);
    assert_string_equal(b.p, "12345");
    buf_release(&b);
    buf_puts(&b, "again, more");
    assert_string_equal(b.p, "again");
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grows_and_stays_terminated),
        cmocka_unit_test(keeps_what_fits),
    };

    return cmocka_run_group_tests_name("base/buf", tests, NULL, NULL);
}
