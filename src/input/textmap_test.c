/*
 * textmap_test.c - every byte of a decoded text leads back to its own.
 */
#include "input/textmap.h"

#include "input/message.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define FILE_TEXT(literal) ((struct tl_str){literal, sizeof(literal) - 1})

static void plain(void **state)
{
    struct tl_str file = FILE_TEXT("0123456789");
    struct text_map map = {.base = 4, .skip = 2};

    (void)state;
    assert_int_equal(text_map_offset(&map, file, 0), 6);
    assert_int_equal(text_map_offset(&map, file, 3), 9);
    assert_int_equal(text_map_offset(&map, file, 4), 10);
    assert_int_equal(text_map_offset(&map, file, 400), 10);
    map.base = 99;
    assert_int_equal(text_map_offset(&map, file, 0), 10);
}

static void csv(void **state)
{
    /* a"b""c decoded; the first field byte is at 1. */
    struct tl_str file = FILE_TEXT("\"a\"\"b\"\"\"\"c\"");
    static const uint64_t places[] = {1, 2, 4, 5, 7, 9};
    struct text_map map = {.base = 1, .encoding = TEXT_CSV};

    (void)state;
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(text_map_offset(&map, file, i), places[i]);
    map.skip = 2;
    assert_int_equal(text_map_offset(&map, file, 0), 4);
}

static void tabbed(void **state)
{
    struct tl_str file = FILE_TEXT("ab\n\tc\n\t\td");
    static const uint64_t places[] = {0, 1, 2, 4, 5, 7, 8};
    struct text_map map = {.encoding = TEXT_TABBED};

    (void)state;
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(text_map_offset(&map, file, i), places[i]);
}

/* Decoding each prefix of the encoded text must count as the map does. */
static void json_agrees_with_its_decoder(void **state)
{
    static const char *const texts[] = {
        "plain",
        "a\\nb\\tc\\\"d\\\\e\\/",
        "\\u0041\\u00e9\\u20ac\\ud83d\\ude00z",
        "\\ud83d z \\ude00 \\ud83d\\u0041",
        "\\uZZZZ\\u12\\x\\",
        "\xc3\xa9\\n\xf0\x9f\x98\x80",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct tl_str raw = tl_str_c(texts[i]);
        struct text_map map = {.encoding = TEXT_JSON};
        struct buf all;
        struct buf part;
        uint64_t before = 0;

        buf_init(&all, 0);
        buf_init(&part, 0);
        json_decode(raw, &all);
        for (size_t n = 0; n <= all.n; n++) {
            uint64_t at = text_map_offset(&map, raw, n);

            assert_true(at >= before && at <= raw.n);
            before = at;
            /* What lies before the place decodes to what lies before. */
            json_decode((struct tl_str){raw.p, (size_t)at}, &part);
            assert_true(part.n <= n && n - part.n < 4);
            assert_true(part.n == 0 || memcmp(part.p, all.p, part.n) == 0);
        }
        assert_int_equal(text_map_offset(&map, raw, all.n), raw.n);
        buf_release(&all);
        buf_release(&part);
    }
}

static void behind_the_end(void **state)
{
    struct tl_str file = FILE_TEXT("\"\\u00");

    (void)state;
    for (int e = TEXT_PLAIN; e <= TEXT_SYSLOG; e++)
        for (uint64_t base = 0; base < 9; base++)
            for (size_t offset = 0; offset < 9; offset++) {
                struct text_map map = {.base = base,
                                       .encoding = (enum text_encoding)e,
                                       .skip = offset};

                assert_true(text_map_offset(&map, file, offset) <= file.n);
                assert_int_equal(text_map_offset(&map, TL_NONE, offset), 0);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain),
        cmocka_unit_test(csv),
        cmocka_unit_test(tabbed),
        cmocka_unit_test(json_agrees_with_its_decoder),
        cmocka_unit_test(behind_the_end),
    };

    return cmocka_run_group_tests_name("textmap", tests, NULL, NULL);
}
