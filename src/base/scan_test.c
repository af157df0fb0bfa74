/*
 * scan_test.c - JSON's tokens, where looking at eight bytes at once could miss
 * one.
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
        cmocka_unit_test(strings_end_at_their_quote),
        cmocka_unit_test(a_line_break_leaves_a_string_open),
        cmocka_unit_test(blanks_are_passed_over),
        cmocka_unit_test(numbers_are_what_strtod_reads),
        cmocka_unit_test(what_is_no_number_is_none),
    };

    return cmocka_run_group_tests_name("base/scan", tests, NULL, NULL);
}
