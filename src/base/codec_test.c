/*
 * codec_test.c - what is written is read again, and nothing else is believed.
 */
#include "base/codec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct thing {
    uint64_t wide;
    uint32_t number;
    uint32_t none;
    int32_t below;
    bool yes, no;
    char letter;
    struct tl_str text, again, empty, missing;
    enum { RED, GREEN, BLUE } color;
};

static void code_thing(struct codec *c, struct thing *t)
{
    code_u64(c, &t->wide);
    code_u32(c, &t->number);
    code_u32_wrapped(c, &t->none);
    code_i32(c, &t->below);
    CODE_BOOLS(c, &t->yes, &t->no);
    code_char(c, &t->letter);
    code_str(c, &t->text);
    code_str(c, &t->again);
    code_str(c, &t->empty);
    code_str(c, &t->missing);
    CODE_ENUM(c, &t->color, 3);
}

static const struct thing written = {.wide = UINT64_MAX,
                                     .number = 300,
                                     .none = UINT32_MAX,
                                     .below = -5,
                                     .yes = true,
                                     .letter = (char)0xFF,
                                     .text = {"orchard", 7},
                                     .again = {"orchard", 7},
                                     .empty = {"", 0},
                                     .color = BLUE};

static void write_thing(struct buf *out, struct thing t)
{
    struct codec c;

    buf_init(out, 0);
    codec_write(&c);
    code_thing(&c, &t);
    codec_finish(&c, out);
    codec_release(&c);
}

static bool read_thing(struct tl_str bytes, struct thing *t)
{
    struct codec c;

    *t = (struct thing){0};
    codec_read(&c, bytes);
    code_thing(&c, t);
    bool done = codec_is_done(&c);
    codec_release(&c);
    return done;
}

static void comes_back(void **state)
{
    struct thing t;
    struct buf out;

    (void)state;
    write_thing(&out, written);
    assert_true(read_thing(buf_view(&out), &t));
    assert_true(t.wide == UINT64_MAX && t.number == 300 && t.below == -5);
    assert_true(t.none == UINT32_MAX && t.yes && !t.no);
    assert_true(t.letter == (char)0xFF && t.color == BLUE);
    assert_true(tl_str_is(t.text, "orchard") && t.text.p[t.text.n] == '\0');
    assert_true(t.again.p == t.text.p);
    assert_true(t.empty.p && t.empty.n == 0 && !t.missing.p);
    buf_release(&out);
}

/* Any end but the right one, and any byte behind it. */
static void ends_are_seen(void **state)
{
    struct thing t;
    struct buf out;

    (void)state;
    write_thing(&out, written);
    for (size_t n = 0; n < out.n; n++)
        assert_false(read_thing((struct tl_str){out.p, n}, &t));
    buf_char(&out, '\0');
    assert_false(read_thing(buf_view(&out), &t));
    buf_release(&out);
}

static void lies_are_seen(void **state)
{
    static const char *const lies[] = {
        "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F", /* no number is so large */
        "\x80\x80\x80\x80\x10",                     /* more than 32 bits */
        "\x7F",                                     /* strings that are not */
        "\x01\x05"
        "abc", /* longer than all */
        "\x01\x01"
        "abc", /* no NUL */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(lies) / sizeof(lies[0]); i++) {
        struct tl_str bytes = {lies[i], strlen(lies[i])};
        struct codec c;

        codec_read(&c, bytes);
        assert_true(c.failed);
        codec_release(&c);
    }
}

static bool reads_count(const char *bytes, size_t n)
{
    struct codec c;
    uint32_t count = 0;
    bool yes;

    codec_read(&c, (struct tl_str){bytes, n});
    code_count(&c, &count);
    yes = !c.failed;
    codec_release(&c);
    return yes;
}

/* Nobody makes room for what the bytes cannot hold. */
static void counts_are_bounded(void **state)
{
    (void)state;
    assert_true(reads_count("\0\2ab", 4));
    assert_false(reads_count("\0\3ab", 4));
    assert_false(reads_count("\0\xFF\xFF\xFF\xFF\x0F", 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back),
        cmocka_unit_test(ends_are_seen),
        cmocka_unit_test(lies_are_seen),
        cmocka_unit_test(counts_are_bounded),
    };

    return cmocka_run_group_tests_name("codec", tests, NULL, NULL);
}
