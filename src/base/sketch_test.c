/*
 * sketch_test.c - the same texts are kept whatever the order, with exact
 * counts, and sketches of parts make the whole's.
 */
#include "base/sketch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define CAPACITY 4
#define TEXTS 50

static void add(struct sketch *s, unsigned number)
{
    char text[32];
    int n = snprintf(text, sizeof(text), "application %u", number);

    sketch_add(s, CAPACITY, (struct tl_str){text, (size_t)n}, 1);
}

static void assert_same(const struct sketch *a, const struct sketch *b)
{
    assert_int_equal(a->n, b->n);
    for (uint32_t i = 0; i < a->n; i++) {
        assert_true(tl_str_eq(a->entries[i].text, b->entries[i].text));
        assert_int_equal(a->entries[i].count, b->entries[i].count);
    }
}

static void parts_make_the_whole(void **state)
{
    struct sketch whole = {NULL, 0};
    struct sketch parts[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    struct sketch merged = {NULL, 0};

    (void)state;
    for (unsigned i = 0; i < 2000; i++) {
        unsigned number = i * 7919 % TEXTS;

        add(&whole, number);
        add(&parts[i * 31 % 3], number);
    }
    for (size_t p = 3; p-- > 0;) {
        for (uint32_t i = 0; i < parts[p].n; i++)
            sketch_add(&merged, CAPACITY, parts[p].entries[i].text,
                       parts[p].entries[i].count);
        sketch_release(&parts[p]);
    }
    assert_int_equal(whole.n, CAPACITY);
    assert_int_equal(whole.entries[0].count, 2000 / TEXTS);
    assert_same(&whole, &merged);
    sketch_release(&whole);
    sketch_release(&merged);
}

static void keeps_what_json_can_hold(void **state)
{
    struct sketch s = {NULL, 0};

    (void)state;
    sketch_add(&s, CAPACITY, TL_NONE, 1);
    sketch_add(&s, CAPACITY, TL_STR("bad \xff byte"), 1);
    sketch_add(&s, CAPACITY, (struct tl_str){"a\0b", 3}, 1);
    assert_int_equal(s.n, 0);
    sketch_add(&s, CAPACITY, TL_STR("caf\xc3\xa9"), 2);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.entries[0].count, 2);
    sketch_release(&s);
    assert_int_equal(s.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_make_the_whole),
        cmocka_unit_test(keeps_what_json_can_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
