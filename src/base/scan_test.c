/*
 * scan_test.c - JSON token by token, and what its strings and numbers say.
 */
#include "base/scan.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_without_their_escapes),
        cmocka_unit_test(pairs_of_escapes),
        cmocka_unit_test(numbers),
        cmocka_unit_test(words_and_rubbish),
        cmocka_unit_test(values_are_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
