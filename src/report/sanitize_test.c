/*
 * sanitize_test.c - what a terminal and a CI runner never get to see.
 */
#include "report/sanitize.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect(struct tl_str text, const char *wanted)
{
    struct buf b;

    buf_init(&b, 0);
    sanitize(&b, text);
    assert_string_equal(buf_view(&b).p, wanted);
    buf_release(&b);
}

static void plain_text_stays(void **state)
{
    (void)state;
    expect(TL_NONE, "");
    expect(TL_STR("a \"b\" \xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80"),
           "a \"b\" \xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80");
}

static void controls_are_shown(void **state)
{
    (void)state;
    expect(TL_STR("a\x1b[31m\r\n\tb\x7f"), "a\\x1b[31m\\x0d\\x0a\\x09b\\x7f");
    expect(((struct tl_str){"a\0b", 3}), "a\\x00b");
    /* C1: CSI in one character; line and paragraph separator. */
    expect(TL_STR("\xC2\x9B\xE2\x80\xA8\xE2\x80\xA9"),
           "<U+009B><U+2028><U+2029>");
}

static void bidirectional_and_format_characters(void **state)
{
    (void)state;
    expect(TL_STR("\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\x8F\xE2\x80\x8B"),
           "<U+202E><U+2066><U+200F><U+200B>");
    expect(TL_STR("\xEF\xBB\xBF\xC2\xAD"), "<U+FEFF><U+00AD>");
    /* Tags, which hide text from people alone. */
    expect(TL_STR("\xF3\xA0\x81\x81"), "<U+E0041>");
}

static void damaged_bytes(void **state)
{
    (void)state;
    expect(TL_STR("\xFF\xC3"), "\\xff\\xc3");
    expect(TL_STR("\xE2\x28\xA1"), "\\xe2(\\xa1");
    expect(TL_STR("\xED\xA0\x80"), "\\xed\\xa0\\x80");
    expect(TL_STR("\xC0\xAF"), "\\xc0\\xaf");
}

static void runner_commands_are_broken(void **state)
{
    (void)state;
    expect(TL_STR("##[error]x"), "##\\[error]x");
    expect(TL_STR("###[x"), "###\\[x");
    expect(TL_STR("##vso[task]"), "##\\vso[task]");
    expect(TL_STR("##VSO[task]"), "##\\VSO[task]");
    expect(TL_STR("#[ ## [ ##v"), "#[ ## [ ##v");
}

static void paths_do_not_begin_a_command(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    sanitize_path(&b, "::error::x.sql");
    assert_string_equal(b.p, "./::error::x.sql");
    buf_clear(&b);
    sanitize_path(&b, "a::b\n::c.sql");
    assert_string_equal(b.p, "a::b\\x0a::c.sql");
    buf_clear(&b);
    sanitize_path(&b, "  ::c.sql");
    assert_string_equal(b.p, "./  ::c.sql");
    buf_release(&b);
}

/* Whatever the bytes: nothing below blank, bounded, and always onwards. */
static void any_bytes(void **state)
{
    uint32_t seed = 1;
    char text[64];

    (void)state;
    for (int round = 0; round < 2000; round++) {
        struct buf b;

        for (size_t i = 0; i < sizeof(text); i++) {
            seed = seed * 1664525u + 1013904223u;
            text[i] = (char)(seed >> 24);
        }
        buf_init(&b, 0);
        sanitize(&b, (struct tl_str){text, sizeof(text)});
        for (size_t i = 0; i < b.n; i++)
            assert_true((unsigned char)b.p[i] >= 0x20 && b.p[i] != 0x7f);
        assert_true(b.n < sizeof(text) * SANITIZE_MAX);
        buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_stays),
        cmocka_unit_test(controls_are_shown),
        cmocka_unit_test(bidirectional_and_format_characters),
        cmocka_unit_test(damaged_bytes),
        cmocka_unit_test(runner_commands_are_broken),
        cmocka_unit_test(paths_do_not_begin_a_command),
        cmocka_unit_test(any_bytes),
    };

    return cmocka_run_group_tests_name("sanitize", tests, NULL, NULL);
}
