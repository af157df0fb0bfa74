/*
 * arena_test.c - alignment, growth, marks and reuse of arenas.
 */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void gives_aligned_distinct_memory(void **state)
{
    struct arena a;
    char *last = NULL;

    (void)state;
    arena_init(&a, 64);
    for (size_t n = 0; n < 300; n++) {
        char *p = arena_alloc(&a, n);

        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        assert_ptr_not_equal(p, last);
        memset(p, (int)(n & 0xFF), n);
        last = p;
    }
    assert_true(a.allocated >= 300 * 299 / 2);
    arena_release(&a);
    assert_null(a.head);
    assert_int_equal(a.allocated, 0);
}

static void takes_requests_larger_than_a_block(void **state)
{
    struct arena a;
    size_t n = (size_t)5 << 20;

    (void)state;
    arena_init(&a, 0);
    char *p = arena_calloc(&a, n, 1);
    for (size_t i = 0; i < n; i += 4096)
        assert_int_equal(p[i], 0);
    memset(p, 7, n);
    arena_release(&a);
}

static void block_size_stops_at_the_cap(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 768 << 10);
    for (int i = 0; i < 8; i++)
        arena_alloc(&a, 700 << 10);
    assert_int_equal(a.block_size, 1 << 20);
    arena_release(&a);
}

static void copies_strings(void **state)
{
    struct arena a;
    char nul[3] = {'a', '\0', 'b'};

    (void)state;
    arena_init(&a, 0);
    struct tl_str s = arena_str(&a, (struct tl_str){nul, 3});
    assert_int_equal(s.n, 3);
    assert_memory_equal(s.p, "a\0b", 4);
    assert_null(arena_str(&a, TL_NONE).p);
    struct tl_str empty = arena_str(&a, (struct tl_str){"", 0});
    assert_non_null(empty.p);
    assert_int_equal(empty.p[0], 0);
    assert_string_equal(arena_strdup(&a, "copy"), "copy");
    struct tl_str f = arena_printf(&a, "%s-%d", "x", 42);
    assert_true(tl_str_is(f, "x-42"));
    assert_int_equal(f.p[f.n], 0);
    arena_release(&a);
}

static void pop_gives_back_and_keeps_what_was(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 64);
    char *kept = arena_strdup(&a, "kept");
    struct arena_mark m = arena_mark(&a);
    char *first = arena_alloc(&a, 16);
    for (int i = 0; i < 100; i++)
        arena_alloc(&a, 100);
    arena_pop(&a, m);
    assert_ptr_equal(a.head, m.head);
    assert_string_equal(kept, "kept");
    assert_ptr_equal(arena_alloc(&a, 16), first);
    arena_release(&a);
}

static void pop_of_an_empty_mark_keeps_a_block(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 64);
    struct arena_mark outer = arena_mark(&a);
    for (int i = 0; i < 10; i++) {
        struct arena_mark m = arena_mark(&a);

        arena_alloc(&a, 1000);
        arena_alloc(&a, 1000);
        arena_pop(&a, m);
        assert_non_null(a.head);
    }
    arena_pop(&a, outer);
    arena_pop(&a, outer);
    arena_release(&a);
}

static void clear_keeps_one_block(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 64);
    arena_clear(&a);
    assert_null(a.head);
    for (int i = 0; i < 50; i++)
        arena_alloc(&a, 50);
    struct arena_block *newest = a.head;
    arena_clear(&a);
    assert_ptr_equal(a.head, newest);
    assert_int_equal(a.allocated, 0);
    assert_int_equal(arena_mark(&a).used, 0);
    arena_release(&a);
    arena_release(&a);
}

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>

/* A byte behind an allocation, and what was given back, are nobody's. */
static void a_sanitizer_sees_where_it_ends(void **state)
{
    struct arena a;

    (void)state;
    arena_init(&a, 256);
    struct arena_mark begin = arena_mark(&a);
    for (size_t n = 1; n < 300; n++) {
        char *p = arena_alloc(&a, n);

        assert_null(__asan_region_is_poisoned(p, n));
        assert_true(__asan_address_is_poisoned(p + n));
    }
    char *last = arena_alloc(&a, 16);
    arena_pop(&a, begin);
    char *again = arena_alloc(&a, 8);
    assert_true(again == last || __asan_address_is_poisoned(again + 8));
    arena_clear(&a);
    assert_true(__asan_address_is_poisoned(again));
    arena_release(&a);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_aligned_distinct_memory),
        cmocka_unit_test(takes_requests_larger_than_a_block),
        cmocka_unit_test(block_size_stops_at_the_cap),
        cmocka_unit_test(copies_strings),
        cmocka_unit_test(pop_gives_back_and_keeps_what_was),
        cmocka_unit_test(pop_of_an_empty_mark_keeps_a_block),
        cmocka_unit_test(clear_keeps_one_block),
#if defined(__SANITIZE_ADDRESS__)
        cmocka_unit_test(a_sanitizer_sees_where_it_ends),
#endif
    };

    return cmocka_run_group_tests_name("base/arena", tests, NULL, NULL);
}
