/*
 * sha256_test.c - the examples of FIPS 180-4, and every padding.
 */
#include "base/sha256.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void expect(struct tl_str text, const char *wanted)
{
    char hex[SHA256_HEX];

    sha256_hex(text, hex);
    assert_string_equal(hex, wanted);
}

static void published_examples(void **state)
{
    (void)state;
    expect(TL_NONE, "e3b0c44298fc1c149afbf4c8996fb924"
                    "27ae41e4649b934ca495991b7852b855");
    expect(TL_STR("abc"), "ba7816bf8f01cfea414140de5dae2223"
                          "b00361a396177a9cb410ff61f20015ad");
    expect(TL_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
           "248d6a61d20638b8e5c026930c3e6039"
           "a33ce45964ff2167f6ecedd419db06c1");
    expect(TL_STR("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                  "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
           "cf5b16a778af8380036ce59e7b049237"
           "0b249b11e8f07a51afac45037afee9d1");
}

static void a_million(void **state)
{
    struct buf b;

    (void)state;
    buf_init(&b, 0);
    for (int i = 0; i < 1000000; i++)
        buf_char(&b, 'a');
    expect(buf_view(&b), "cdc76e5c9914fb9281a1c7e284d73e67"
                         "f1809a48a497200e046d39ccc7112cd0");
    buf_release(&b);
}

/* A chain over all lengths around the block's end: one wrong padding and the
   last value is another. Computed with another program. */
static void every_padding(void **state)
{
    char chain[SHA256_HEX] = "";
    struct buf b;

    (void)state;
    for (size_t n = 0; n <= 130; n++) {
        buf_init(&b, 0);
        buf_puts(&b, chain);
        for (size_t i = 0; i < n; i++)
            buf_char(&b, 'x');
        sha256_hex(buf_view(&b), chain);
        buf_release(&b);
    }
    assert_string_equal(chain, "aa78c164dabd63d46f7221d2f3cb3704"
                               "2d72f34c07a7b21f1df436f858ea0e6b");
}

/* However it is cut. */
static void in_pieces(void **state)
{
    unsigned char whole[SHA256_BYTES];
    unsigned char parts[SHA256_BYTES];
    char text[300];

    (void)state;
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = (char)(i * 7);
    sha256((struct tl_str){text, sizeof(text)}, whole);
    for (size_t step = 1; step < sizeof(text); step++) {
        struct sha256 s;

        sha256_begin(&s);
        for (size_t at = 0; at < sizeof(text); at += step) {
            size_t left = sizeof(text) - at;

            sha256_add(&s, text + at, step < left ? step : left);
            sha256_end(&s, parts);
        }
        assert_memory_equal(whole, parts, SHA256_BYTES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples),
        cmocka_unit_test(a_million),
        cmocka_unit_test(every_padding),
        cmocka_unit_test(in_pieces),
    };

    return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
