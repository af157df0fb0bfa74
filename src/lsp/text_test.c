#include "lsp/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static void expect_place(const char *s, size_t offset, enum encoding e,
                         uint64_t line, uint64_t character)
{
    struct text t;

    text_view(&t, tl_str_c(s));
    struct place p = text_place(&t, offset, e);
    assert_int_equal(p.line, line);
    assert_int_equal(p.character, character);
    text_release(&t);
}

static void expect_offset(const char *s, uint64_t line, uint64_t character,
                          enum encoding e, size_t offset)
{
    struct text t;

    text_view(&t, tl_str_c(s));
    assert_int_equal(text_offset(&t, (struct place){line, character}, e),
                     offset);
    text_release(&t);
}

/* e-acute is 2 bytes and 1 unit; the emoji 4 bytes, 2 units of UTF-16. */
#define MIXED "a\xC3\xA9\xF0\x9F\x98\x80z"

static void encodings_count_differently(void **state)
{
    (void)state;
    expect_place(MIXED, 7, ENCODING_UTF8, 0, 7);
    expect_place(MIXED, 7, ENCODING_UTF16, 0, 4);
    expect_place(MIXED, 7, ENCODING_UTF32, 0, 3);
    expect_offset(MIXED, 0, 7, ENCODING_UTF8, 7);
    expect_offset(MIXED, 0, 4, ENCODING_UTF16, 7);
    expect_offset(MIXED, 0, 3, ENCODING_UTF32, 7);
    /* Inside of a character is its begin. */
    expect_place(MIXED, 5, ENCODING_UTF16, 0, 2);
    expect_offset(MIXED, 0, 3, ENCODING_UTF16, 3);
    expect_offset(MIXED, 0, 2, ENCODING_UTF8, 1);
    /* A byte that is no UTF-8 is one character. */
    expect_place("\xFFz", 1, ENCODING_UTF16, 0, 1);
}

static void lines_end_in_three_ways(void **state)
{
    const char *s = "a\nb\r\nc\rd";

    (void)state;
    expect_place(s, 0, ENCODING_UTF16, 0, 0);
    expect_place(s, 2, ENCODING_UTF16, 1, 0);
    expect_place(s, 5, ENCODING_UTF16, 2, 0);
    expect_place(s, 7, ENCODING_UTF16, 3, 0);
    expect_place(s, 8, ENCODING_UTF16, 3, 1);
    expect_place(s, 99, ENCODING_UTF16, 3, 1);
    /* Inside of a line's end is the end of the line. */
    expect_place(s, 4, ENCODING_UTF16, 1, 1);
    expect_offset(s, 1, 99, ENCODING_UTF16, 3);
    expect_offset(s, 3, 0, ENCODING_UTF16, 7);
    expect_offset(s, 99, 0, ENCODING_UTF16, 8);
    expect_offset("", 0, 5, ENCODING_UTF16, 0);
    expect_offset("\n", 1, 5, ENCODING_UTF16, 1);
}

static void edits_are_applied(void **state)
{
    struct text t;

    (void)state;
    text_copy(&t, TL_STR("one\ntwo\nthree"));
    assert_int_equal(text_place(&t, 13, ENCODING_UTF16).line, 2);
    text_replace(&t, 4, 7, TL_STR("2\n2"));
    assert_true(tl_str_is(t.s, "one\n2\n2\nthree"));
    assert_int_equal(text_place(&t, 13, ENCODING_UTF16).line, 3);
    text_replace(&t, 0, 4, TL_NONE);
    assert_true(tl_str_is(t.s, "2\n2\nthree"));
    assert_int_equal(text_place(&t, 9, ENCODING_UTF16).line, 2);
    text_replace(&t, 5, 500, TL_STR("x"));
    assert_true(tl_str_is(t.s, "2\n2\ntx"));
    text_release(&t);
}

static void a_line_feed_may_join_a_carriage_return(void **state)
{
    struct text t;

    (void)state;
    text_copy(&t, TL_STR("a\rb"));
    assert_int_equal(text_place(&t, 3, ENCODING_UTF16).line, 1);
    text_replace(&t, 2, 2, TL_STR("\n"));
    assert_int_equal(text_place(&t, 4, ENCODING_UTF16).line, 1);
    assert_int_equal(text_offset(&t, (struct place){1, 0}, ENCODING_UTF16), 3);
    text_replace(&t, 2, 3, TL_NONE);
    assert_int_equal(text_offset(&t, (struct place){1, 0}, ENCODING_UTF16), 2);
    text_release(&t);
}

/* Whatever is edited, the index says what one made afresh would. */
static void the_index_follows_edits(void **state)
{
    static const char *const pieces[] = {"\n", "\r", "x", "\r\n", "ab\ncd"};
    struct text t;
    uint32_t random = 7;

    (void)state;
    text_copy(&t, TL_NONE);
    for (int i = 0; i < 3000; i++) {
        random = random * 1103515245u + 12345u;
        size_t at = t.s.n ? (random >> 8) % (t.s.n + 1) : 0;
        size_t end = at + (random >> 4) % 4;

        text_replace(&t, at, end, tl_str_c(pieces[(random >> 20) % 5]));
        struct text fresh;
        text_view(&fresh, t.s);
        size_t asked = t.s.n ? (random >> 12) % (t.s.n + 1) : 0;
        struct place a = text_place(&t, asked, ENCODING_UTF8);
        struct place b = text_place(&fresh, asked, ENCODING_UTF8);
        assert_int_equal(a.line, b.line);
        assert_int_equal(a.character, b.character);
        text_release(&fresh);
    }
    text_release(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings_count_differently),
        cmocka_unit_test(lines_end_in_three_ways),
        cmocka_unit_test(edits_are_applied),
        cmocka_unit_test(a_line_feed_may_join_a_carriage_return),
        cmocka_unit_test(the_index_follows_edits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
