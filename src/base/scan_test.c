/*
 * scan_test.c - JSON token by token, what its strings and numbers say, and
 * where looking at eight bytes at once could miss one.
 */
#include "base/scan.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LONGEST ((size_t)40)

static struct scan_token first_of(struct scan *s, struct tl_str text)
{
    *s = (struct scan){.text = text};
    return scan_next(s);
}

static void says(const char *json, struct tl_str expected)
{
    struct arena arena;
    struct scan s;
    struct scan_token t = first_of(&s, tl_str_c(json));

    arena_init(&arena, 0);
    assert_int_equal(t.kind, SCAN_STRING);
    assert_int_equal(s.at, tl_str_c(json).n);

    struct tl_str got = scan_string(&s, t, &arena);

    assert_int_equal(got.n, expected.n);
    assert_memory_equal(got.p, expected.p, got.n);
    arena_release(&arena);
}

static void strings_without_their_escapes(void **state)
{
    (void)state;
    says("\"plain\"", TL_STR("plain"));
    says("\"a\\n\\t\\r\\b\\f\\\"\\\\\\/b\"", TL_STR("a\n\t\r\b\f\"\\/b"));
    says("\"\\u0041\"", TL_STR("A"));
    says("\"\\u00e9\\u00C9\"", TL_STR("\xC3\xA9\xC3\x89"));
    says("\"\\u20ac\"", TL_STR("\xE2\x82\xAC"));
}

/* Above U+FFFF a character is two escapes; one alone is none. */
static void pairs_of_escapes(void **state)
{
    (void)state;
    says("\"\\ud83d\\ude00!\"", TL_STR("\xF0\x9F\x98\x80!"));
    says("\"\\ud83d!\"", TL_STR("\xEF\xBF\xBD!"));
    says("\"\\ud83d\\u0041\"", TL_STR("\xEF\xBF\xBD"
                                      "A"));
    says("\"\\ude00\\ud83d\"", TL_STR("\xEF\xBF\xBD\xEF\xBF\xBD"));
    /* What is cut off grows by nothing. */
    says("\"\\u12\"", TL_STR("u12"));
    says("\"\\u\\u\"", TL_STR("uu"));
}

static void numbers(void **state)
{
    struct scan s;
    struct scan_token t = first_of(&s, TL_STR("-12.5e1,"));

    (void)state;
    assert_int_equal(t.kind, SCAN_NUMBER);
    assert_true(scan_number(&s, t) + 125 == 0);
    t = first_of(&s, TL_STR("\"7\""));
    assert_true(isnan(scan_number(&s, t)));
}

static void words_and_rubbish(void **state)
{
    struct scan s;
    struct scan_token t = first_of(&s, TL_STR(" true"));

    (void)state;
    assert_int_equal(t.kind, SCAN_WORD);
    assert_true(scan_is_word(&s, t, "true"));
    assert_false(scan_is_word(&s, t, "null"));
    assert_int_equal(scan_next(&s).kind, SCAN_END);
    assert_int_equal(first_of(&s, TL_STR("?")).kind, SCAN_BAD);
    assert_int_equal(first_of(&s, TL_STR("\"open")).kind, SCAN_BAD);
    assert_int_equal(first_of(&s, TL_STR("\"open\\")).kind, SCAN_BAD);
    assert_int_equal(first_of(&s, TL_STR("\"a\nb\"")).kind, SCAN_BAD);
}

static void values_are_passed_over(void **state)
{
    struct scan s;
    struct scan_token t = first_of(&s, TL_STR("[1, {\"a\": [\"]\"]}], 2"));

    (void)state;
    scan_skip(&s, t);
    assert_int_equal(scan_next(&s).punct, ',');
    t = first_of(&s, TL_STR("[1, {\"a\""));
    scan_skip(&s, t);
    assert_int_equal(scan_next(&s).kind, SCAN_END);
}

/* A string of so many bytes, the last one as given, and an open one. */
static struct tl_str write_string(char *text, size_t n, const char *last)
{
    size_t m = strlen(last);

    memset(text, 'x', n + 1);
    text[0] = '"';
    memcpy(text + n + 1 - m, last, m);
    memcpy(text + n + 1, "\" , \"xxxxxxxx", 12);
    return (struct tl_str){text, n + 13};
}

static void strings_end_at_their_quote(void **state)
{
    static const char *const lasts[] = {"", "x", "\\\"", "\\\\", "\\n", "\t"};
    char text[LONGEST + 16];

    (void)state;
    for (size_t k = 0; k < sizeof(lasts) / sizeof(lasts[0]); k++)
        for (size_t n = strlen(lasts[k]); n < LONGEST; n++) {
            struct scan s = {.text = write_string(text, n, lasts[k])};
            struct scan_token t = scan_next(&s);

            assert_int_equal(t.kind, SCAN_STRING);
            assert_int_equal(t.end, n + 2);
            assert_int_equal(scan_next(&s).punct, ',');
            assert_int_equal(scan_next(&s).kind, SCAN_BAD);
        }
}

static void a_line_break_leaves_a_string_open(void **state)
{
    char text[LONGEST + 16];

    (void)state;
    for (size_t n = 1; n < LONGEST; n++) {
        struct scan s = {.text = write_string(text, n, "\n")};

        assert_int_equal(scan_next(&s).kind, SCAN_BAD);
    }
}

static void blanks_are_passed_over(void **state)
{
    static const char blanks[] = " \n\t\r";
    char text[LONGEST + 1];

    (void)state;
    for (size_t n = 0; n < LONGEST; n++)
        for (const char *first = blanks; *first; first++) {
            struct scan s = {.text = {text, n + 1}};

            memset(text, ' ', n);
            text[n / 2] = *first;
            text[n] = '[';
            struct scan_token t = scan_next(&s);
            assert_int_equal(t.kind, SCAN_PUNCT);
            assert_int_equal(t.start, n);
            assert_int_equal(scan_next(&s).kind, SCAN_END);
        }
}

static double number(const char *text)
{
    struct scan s = {.text = tl_str_c(text)};

    return scan_number(&s, scan_next(&s));
}

static void numbers_are_what_strtod_reads(void **state)
{
    static const char *const texts[] = {
        "0",       "-0",          "7",
        "0.1",     "-0.003",      "123456789012345",
        "0.12345", "99999.99999", "12345678901234.5",
        "1e3",     "1.5E-7",      "123456789012345678901234567890",
        "0.30",    "4.35",        "1234567.890123",
    };
    char text[32];

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        double expected = strtod(texts[i], NULL);
        double found = number(texts[i]);

        assert_memory_equal(&found, &expected, sizeof(found));
    }
    for (int i = 0; i < 100000; i++) {
        snprintf(text, sizeof(text), "%d.%03d", i * 7919 % 100000, i % 1000);
        double expected = strtod(text, NULL);
        double found = number(text);

        assert_memory_equal(&found, &expected, sizeof(found));
    }
}

static void what_is_no_number_is_none(void **state)
{
    static const char *const texts[] = {"-", "1.2.3", "1-2", "1e", "true"};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_true(isnan(number(texts[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_without_their_escapes),
        cmocka_unit_test(pairs_of_escapes),
        cmocka_unit_test(numbers),
        cmocka_unit_test(words_and_rubbish),
        cmocka_unit_test(values_are_passed_over),
        cmocka_unit_test(strings_end_at_their_quote),
        cmocka_unit_test(a_line_break_leaves_a_string_open),
        cmocka_unit_test(blanks_are_passed_over),
        cmocka_unit_test(numbers_are_what_strtod_reads),
        cmocka_unit_test(what_is_no_number_is_none),
    };

    return cmocka_run_group_tests_name("base/scan", tests, NULL, NULL);
}
