#include "base/find.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static ptrdiff_t at(const char *text, const char *needle, size_t rare)
{
    struct tl_str s = tl_str_c(text);
    const char *p = find_by(s, tl_str_c(needle), rare);

    return p ? p - s.p : -1;
}

static void finds_the_first(void **state)
{
    (void)state;
    for (size_t rare = 0; rare < 4; rare++) {
        assert_int_equal(at("name", "name", rare), 0);
        assert_int_equal(at("a name, a name", "name", rare), 2);
        assert_int_equal(at("nnnaaammmeee nam", "name", rare), -1);
        assert_int_equal(at("nananame", "name", rare), 4);
    }
}

static void stays_within_the_text(void **state)
{
    struct tl_str cut = {"my name", 6};

    (void)state;
    for (size_t rare = 0; rare < 4; rare++)
        assert_null(find_by(cut, TL_STR("name"), rare));
    assert_null(find_by(TL_NONE, TL_STR("name"), 0));
    assert_int_equal(at("nam", "name", 3), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_first),
        cmocka_unit_test(stays_within_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
