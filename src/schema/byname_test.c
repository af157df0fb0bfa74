/* byname.c: rows by name and moment, however many. */
#include "schema/byname.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static void finds_the_row_of_the_moment(void **state)
{
    struct arena a;
    struct byname b = {0};
    struct tl_row rows[] = {{.born = 1, .died = 4},
                            {.born = 4, .died = 4},
                            {.born = 6, .died = TL_ALIVE}};

    (void)state;
    arena_init(&a, 0);
    for (size_t i = 0; i < 3; i++)
        byname_add(&b, &a, TL_STR("a"), &rows[i], &rows[i]);
    assert_null(byname_find(&b, TL_STR("a"), 0));
    assert_ptr_equal(byname_find(&b, TL_STR("a"), 3), &rows[0]);
    assert_null(byname_find(&b, TL_STR("a"), 5));
    assert_ptr_equal(byname_find(&b, TL_STR("a"), 6), &rows[2]);
    assert_null(byname_find(&b, TL_STR("b"), 6));
    arena_release(&a);
}

static void keeps_all_names_apart(void **state)
{
    struct arena a;
    struct byname b = {0};
    struct tl_row row = {.born = 1, .died = TL_ALIVE};
    int things[1000];
    char name[16];

    (void)state;
    arena_init(&a, 0);
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(name, sizeof(name), "c%d", i);
        byname_add(&b, &a, arena_str(&a, tl_str_c(name)), &things[i], &row);
    }
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(name, sizeof(name), "c%d", i);
        assert_ptr_equal(byname_find(&b, tl_str_c(name), 1), &things[i]);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_row_of_the_moment),
        cmocka_unit_test(keeps_all_names_apart),
    };

    return cmocka_run_group_tests_name("byname", tests, NULL, NULL);
}
