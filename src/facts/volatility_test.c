/*
 * volatility_test.c - the lookups, at the borders of the rows too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facts/volatility.h"

#include "facts/volatility_data.h"

static void known_names(void **state)
{
    (void)state;
    assert_int_equal(volatility_of(TL_STR("now")), TL_STABLE);
    assert_int_equal(volatility_of(TL_STR("random")), TL_VOLATILE);
    assert_int_equal(volatility_of(TL_STR("gen_random_uuid")), TL_VOLATILE);
    assert_int_equal(volatility_of(TL_STR("uuid_generate_v4")), TL_VOLATILE);
    assert_int_equal(volatility_of(TL_STR("clock_timestamp")), TL_VOLATILE);
    assert_int_equal(volatility_of(TL_STR("timeofday")), TL_VOLATILE);
    assert_int_equal(volatility_of(TL_STR("nextval")), TL_VOLATILE);
    assert_int_equal(volatility_of(TL_STR("lower")), TL_IMMUTABLE);
    assert_int_equal(volatility_of(TL_STR("to_char")), TL_STABLE);
}

static void foreign_names(void **state)
{
    (void)state;
    assert_int_equal(volatility_of(TL_STR("my_function")),
                     TL_VOLATILITY_UNKNOWN);
    assert_int_equal(volatility_of(TL_STR("")), TL_VOLATILITY_UNKNOWN);
    assert_int_equal(volatility_of(TL_STR("zzz")), TL_VOLATILITY_UNKNOWN);
    assert_int_equal(volatility_of(TL_STR("no")), TL_VOLATILITY_UNKNOWN);
    assert_int_equal(volatility_of(TL_STR(" ")), TL_VOLATILITY_UNKNOWN);
    assert_int_equal(volatility_of(TL_STR("abbrev abs")),
                     TL_VOLATILITY_UNKNOWN);
}

static void check_list(const char *const *rows, size_t n, enum tl_volatility v)
{
    for (size_t i = 0; i < n; i++) {
        const char *at = rows[i];

        while (*at) {
            size_t length = strcspn(at, " ");

            assert_int_equal(volatility_of((struct tl_str){at, length}), v);
            at += length + (at[length] == ' ');
        }
    }
}

static void every_name_is_found(void **state)
{
    (void)state;
    check_list(volatile_names, sizeof(volatile_names) / sizeof(char *),
               TL_VOLATILE);
    check_list(stable_names, sizeof(stable_names) / sizeof(char *), TL_STABLE);
    check_list(immutable_names, sizeof(immutable_names) / sizeof(char *),
               TL_IMMUTABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_names),
        cmocka_unit_test(foreign_names),
        cmocka_unit_test(every_name_is_found),
    };

    return cmocka_run_group_tests_name("volatility", tests, NULL, NULL);
}
