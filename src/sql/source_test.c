/*
 * source_test.c - positions in every unit, against a slow count.
 */
#include "sql/source.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(struct tl_str text, uint64_t offset, uint32_t line,
                  uint32_t bytes, uint32_t codepoints, uint32_t utf16)
{
    static const enum source_unit units[] = {SOURCE_BYTES, SOURCE_CODEPOINTS,
                                             SOURCE_UTF16};
    const uint32_t columns[] = {bytes, codepoints, utf16};
    struct source s;

    source_init(&s, 0, "t.sql", text);
    for (size_t i = 0; i < 3; i++) {
        struct source_position p = source_position(&s, offset, units[i]);

        if (p.line != line || p.column != columns[i])
            fail_msg("%.*s at %zu, unit %zu: %u:%u", TL_FMT(text),
                     (size_t)offset, i, p.line, p.column);
    }
    source_release(&s);
}

static void test_positions(void **state)
{
    /* a, e acute, Han, a face of four bytes, z */
    struct tl_str wide = TL_STR("a\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x98\x80z");

    (void)state;
    check(TL_STR(""), 0, 1, 1, 1, 1);
    check(TL_STR(""), 9, 1, 1, 1, 1);
    check(TL_STR("abc"), 2, 1, 3, 3, 3);
    check(TL_STR("abc"), 3, 1, 4, 4, 4);
    check(TL_STR("\tabc"), 1, 1, 2, 2, 2);
    check(wide, 0, 1, 1, 1, 1);
    check(wide, 1, 1, 2, 2, 2);
    check(wide, 3, 1, 4, 3, 3);
    check(wide, 6, 1, 7, 4, 4);
    check(wide, 10, 1, 11, 5, 6);
    check(wide, 11, 1, 12, 6, 7);
    /* Inside a character is its start. */
    check(wide, 2, 1, 2, 2, 2);
    check(wide, 5, 1, 4, 3, 3);
    check(wide, 7, 1, 7, 4, 4);
    check(wide, 9, 1, 7, 4, 4);
}

static void test_line_ends(void **state)
{
    struct tl_str mixed = TL_STR("a\nb\r\nc\rd\n\ne");

    (void)state;
    check(mixed, 1, 1, 2, 2, 2);
    check(mixed, 2, 2, 1, 1, 1);
    check(mixed, 3, 2, 2, 2, 2);
    check(mixed, 5, 3, 1, 1, 1);
    check(mixed, 7, 4, 1, 1, 1);
    check(mixed, 9, 5, 1, 1, 1);
    check(mixed, 10, 6, 1, 1, 1);
    check(mixed, 11, 6, 2, 2, 2);
    check(TL_STR("a\n"), 2, 2, 1, 1, 1);
    check(TL_STR("a\r"), 2, 2, 1, 1, 1);
    check(TL_STR("a\r\n"), 3, 2, 1, 1, 1);
    check(TL_STR("\n\n"), 1, 2, 1, 1, 1);
}

/* The mark is no column; behind it everything counts as if it were not. */
static void test_bom(void **state)
{
    struct tl_str text = TL_STR("\xEF\xBB\xBFselect\nx");

    (void)state;
    assert_int_equal(source_bom(text), 3);
    assert_int_equal(source_bom(TL_STR("\xEF\xBB")), 0);
    assert_int_equal(source_bom(TL_NONE), 0);
    check(text, 0, 1, 1, 1, 1);
    check(text, 3, 1, 1, 1, 1);
    check(text, 4, 1, 2, 2, 2);
    check(text, 10, 2, 1, 1, 1);

    struct source s;
    source_init(&s, 0, "t.sql", text);
    assert_true(tl_str_is(source_line(&s, 1), "select"));
    source_release(&s);
}

/* Each byte that is not UTF-8 is a character of its own. */
static void test_invalid(void **state)
{
    (void)state;
    check(TL_STR("\xFF\xFE"
                 "a"),
          2, 1, 3, 3, 3);
    check(TL_STR("a\x80\x80\x80\x80z"), 3, 1, 4, 4, 4);
    check(TL_STR("\xE6\xBC"
                 "z"),
          1, 1, 2, 2, 2);
    check(TL_STR("\xE6\xBC"
                 "z"),
          2, 1, 3, 3, 3);
    check(TL_STR("\xED\xA0\x80z"), 3, 1, 4, 4, 4);
    check(TL_STR("a\0b"), 2, 1, 3, 3, 3);
}

static void test_lines(void **state)
{
    struct source s;

    (void)state;
    source_init(&s, 7, "t.sql", TL_STR("a\nb b\r\n\rd"));
    assert_int_equal(source_line_count(&s), 4);
    assert_true(tl_str_is(source_line(&s, 1), "a"));
    assert_true(tl_str_is(source_line(&s, 2), "b b"));
    assert_true(tl_str_is(source_line(&s, 3), ""));
    assert_true(tl_str_is(source_line(&s, 4), "d"));
    assert_true(tl_str_is(source_line(&s, 5), ""));
    assert_true(tl_str_is(source_line(&s, 0), "a"));
    assert_int_equal(source_line_start(&s, 0), 0);
    assert_int_equal(source_line_start(&s, 2), 2);
    assert_int_equal(source_line_start(&s, 4), 8);
    assert_int_equal(source_line_start(&s, 5), 9);
    assert_int_equal(source_line_start(&s, UINT32_MAX), 9);
    source_release(&s);
    source_init(&s, 0, "t.sql", TL_NONE);
    assert_int_equal(source_line_count(&s), 1);
    assert_int_equal(source_line(&s, 1).n, 0);
    source_release(&s);
}

/* Counted from the begin each time, as a reader of the definition would. */
static struct source_position count(struct tl_str t, size_t offset)
{
    struct source_position p = {1, 1};

    for (size_t i = 0; i < offset; i++) {
        bool crlf = t.p[i] == '\r' && i + 1 < t.n && t.p[i + 1] == '\n';

        if (t.p[i] == '\n' || (t.p[i] == '\r' && !crlf))
            p = (struct source_position){p.line + 1, 1};
        else
            p.column++;
    }
    return p;
}

/* Many lines, so that the index has steps; every end of line in turn. */
static void test_against_count(void **state)
{
    static const char bytes[] = "ab\n\r\n\r c";
    uint32_t seed = 99;
    char text[3000];
    struct tl_str t = {text, sizeof(text)};
    struct source s;

    (void)state;
    for (size_t i = 0; i < sizeof(text); i++) {
        seed = seed * 1664525 + 1013904223;
        text[i] = bytes[(seed >> 24) % (sizeof(bytes) - 1)];
    }
    source_init(&s, 0, "t.sql", t);
    for (size_t i = 0; i <= sizeof(text); i++) {
        struct source_position slow = count(t, i);
        struct source_position p = source_position(&s, i, SOURCE_BYTES);

        if (p.line != slow.line || p.column != slow.column)
            fail_msg("%zu: %u:%u, not %u:%u", i, p.line, p.column, slow.line,
                     slow.column);
        assert_int_equal(source_line_start(&s, p.line), i - p.column + 1);
    }
    assert_int_equal(source_line_count(&s), count(t, t.n).line);
    source_release(&s);
}

/* What was asked before must not change an answer. */
static void any_order_gives_the_same(void **state)
{
    static const char *const pieces[] = {"a",    "\r",       "\n",
                                         "\r\n", "\xC3\xA9", "\xF0\x9F\x90\x98",
                                         "\xff", "word "};
    uint32_t seed = 7;
    struct buf text;

    (void)state;
    buf_init(&text, 0);
    for (int round = 0; round < 60; round++) {
        struct source kept;

        buf_clear(&text);
        for (int i = 0; i < 200; i++) {
            seed = seed * 1103515245u + 12345u;
            buf_puts(&text, pieces[seed >> 16 & 7]);
        }
        source_init(&kept, 0, "a.sql", buf_view(&text));
        for (int i = 0; i < 300; i++) {
            struct source fresh;

            seed = seed * 1103515245u + 12345u;
            uint64_t at = (seed >> 8) % (text.n + 1);
            enum source_unit unit = (enum source_unit)(seed % 3);
            source_init(&fresh, 0, "a.sql", buf_view(&text));
            struct source_position a = source_position(&kept, at, unit);
            struct source_position b = source_position(&fresh, at, unit);
            assert_int_equal(a.line, b.line);
            assert_int_equal(a.column, b.column);
            source_release(&fresh);
        }
        source_release(&kept);
    }
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_positions),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_bom),
        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_against_count),
        cmocka_unit_test(any_order_gives_the_same),
    };

    return cmocka_run_group_tests_name("source", tests, NULL, NULL);
}
