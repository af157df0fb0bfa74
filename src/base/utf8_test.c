/*
 * utf8_test.c - valid and damaged UTF-8, counted in every unit.
 */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct sample {
    struct tl_str text;
    size_t invalid_at, codepoints, utf16, width;
};

#define S(text, ...)                                                           \
    {                                                                          \
        {text, sizeof(text) - 1}, __VA_ARGS__                                  \
    }

static const struct sample samples[] = {
    S("", 0, 0, 0, 0),
    S("abc", 3, 3, 3, 3),
    S("a\tb", 3, 3, 3, 3),
    S("a\0b", 3, 3, 3, 3),
    S("\xC3\xA9", 2, 1, 1, 1),
    S("e\xCC\x81", 3, 2, 2, 1),
    S("\xE6\xBC\xA2", 3, 1, 1, 2),
    S("\xF0\x9F\x98\x80", 4, 1, 2, 2),
    S("\xC2\xA7", 2, 1, 1, 1),
    S("\xF4\x8F\xBF\xBD", 4, 1, 2, 1),
    /* No beginning, cut short, overlong, surrogate, too large. */
    S("a\x80z", 1, 3, 3, 3),
    S("a\xE6\xBC", 1, 3, 3, 3),
    S("\xC3", 0, 1, 1, 1),
    S("\xC0\xAF", 0, 2, 2, 2),
    S("\xE0\x80\xAF", 0, 3, 3, 3),
    S("\xF0\x80\x80\xAF", 0, 4, 4, 4),
    S("\xED\xA0\x80", 0, 3, 3, 3),
    S("\xF4\x90\x80\x80", 0, 4, 4, 4),
    S("\xF5\x80", 0, 2, 2, 2),
    S("\xFF\xFE", 0, 2, 2, 2),
    S("\xE6"
      "a",
      0, 2, 2, 2),
    S("\xED\x9F\xBF", 3, 1, 1, 1),
    S("\xEF\xBF\xBD", 3, 1, 1, 1),
};

static void counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
        const struct sample *s = &samples[i];

        assert_int_equal(utf8_invalid_at(s->text), s->invalid_at);
        assert_int_equal(utf8_codepoints(s->text), s->codepoints);
        assert_int_equal(utf8_utf16(s->text), s->utf16);
        assert_int_equal(utf8_width(s->text), s->width);
    }
    assert_int_equal(utf8_codepoints(TL_NONE), 0);
    assert_int_equal(utf8_invalid_at(TL_NONE), 0);
}

/* Every code point, encoded here by the table of RFC 3629. */
static void decodes_every_character(void **state)
{
    (void)state;
    for (uint32_t c = 0x80; c <= 0x10FFFF; c++) {
        char p[4];
        size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        uint32_t lead = n == 2 ? 0xC0 : n == 3 ? 0xE0 : 0xF0;
        uint32_t got;

        for (size_t i = 0; i < n; i++) {
            uint32_t bits = c >> (6 * (n - 1 - i));

            p[i] = (char)(i ? 0x80 | (bits & 0x3F) : lead | bits);
        }
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (utf8_next((struct tl_str){p, n}, &got) != (surrogate ? 1 : n))
            fail_msg("length of U+%04X", c);
        if (got != (surrogate ? 0xFFFD : c))
            fail_msg("value of U+%04X", c);
    }
}

static void knows_what_is_hidden(void **state)
{
    static const uint32_t hidden[] = {0x1B,   0x9B,   0xAD,    0x200B, 0x2028,
                                      0x202E, 0xFEFF, 0xE0001, 0xFFFE, 0xFDD0};
    static const uint32_t shown[] = {'a', 0xE9, 0x3042, 0x1F600, 0xE000};

    (void)state;
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
        assert_true(utf8_is_hidden(hidden[i]));
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
        assert_false(utf8_is_hidden(shown[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(decodes_every_character),
        cmocka_unit_test(knows_what_is_hidden),
    };

    return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}
