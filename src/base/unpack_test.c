/*
 * unpack_test.c - packed files: whole, of several members, damaged, too large.
 */
#include "base/unpack.h"

#include "base/buf.h"
#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include <cmocka.h>

#define LIMIT ((size_t)8 << 20)

typedef void pack_fn(struct tl_str, struct buf *);

static void pack_gzip(struct tl_str text, struct buf *out)
{
    static char room[LIMIT];
    z_stream z = {0};

    assert_int_equal(
        deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
        Z_OK);
    z.next_in = (z_const Bytef *)(uintptr_t)text.p;
    z.avail_in = (uInt)text.n;
    z.next_out = (Bytef *)room;
    z.avail_out = sizeof(room);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    buf_add(out, room, z.total_out);
    deflateEnd(&z);
}

static void pack_zstd(struct tl_str text, struct buf *out)
{
    static char room[LIMIT];
    size_t n = ZSTD_compress(room, sizeof(room), text.p, text.n, 3);

    assert_false(ZSTD_isError(n));
    buf_add(out, room, n);
}

static pack_fn *const packers[] = {pack_gzip, pack_zstd};
#define N_PACKERS (sizeof(packers) / sizeof(packers[0]))

/* Of more bytes than are unpacked at a time, and not all the same. */
static struct tl_str long_text(struct buf *out)
{
    buf_init(out, 0);
    for (unsigned i = 0; i < 200000; i++)
        buf_printf(out, "%u,", i * 2654435761u);
    return buf_view(out);
}

static bool unpack(struct tl_str packed, size_t max, struct file *f,
                   struct err *e)
{
    *f = (struct file){.text = packed};
    assert_true(file_is_packed(packed));
    return file_unpack(f, max, e);
}

/* Calls it with the text packed each way; what it unpacks it releases. */
static void each_packer(struct tl_str text,
                        void (*look)(struct tl_str packed, struct tl_str text))
{
    for (size_t i = 0; i < N_PACKERS; i++) {
        struct buf packed;

        buf_init(&packed, 0);
        packers[i](text, &packed);
        look(buf_view(&packed), text);
        buf_release(&packed);
    }
}

static void is_text(struct tl_str packed, struct tl_str text)
{
    struct file f;
    struct err e;

    assert_true(unpack(packed, LIMIT, &f, &e));
    assert_true(tl_str_eq(f.text, text));
    file_release(&f);
}

static void gives_what_was_packed(void **state)
{
    struct buf plain;

    (void)state;
    each_packer(long_text(&plain), is_text);
    each_packer(TL_STR(""), is_text);
    buf_release(&plain);
}

static void several_members_are_one_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_PACKERS; i++) {
        struct buf packed;

        buf_init(&packed, 0);
        packers[i](TL_STR("one "), &packed);
        packers[i](TL_STR(""), &packed);
        packers[i](TL_STR("two"), &packed);
        is_text(buf_view(&packed), TL_STR("one two"));
        buf_release(&packed);
    }
}

static void half_is_kept(struct tl_str packed, struct tl_str text)
{
    struct file f;
    struct err e;

    assert_false(
        unpack((struct tl_str){packed.p, packed.n / 2}, LIMIT, &f, &e));
    assert_string_equal(e.message, "the packed file is cut off");
    assert_in_range(f.text.n, text.n / 4, text.n - 1);
    assert_memory_equal(f.text.p, text.p, f.text.n);
    file_release(&f);
}

static void what_comes_before_the_cut_is_kept(void **state)
{
    struct buf plain;

    (void)state;
    each_packer(long_text(&plain), half_is_kept);
    buf_release(&plain);
}

static void every_damage(struct tl_str packed, struct tl_str text)
{
    char *bytes = mem_alloc(packed.n);
    struct file f;
    struct err e;

    (void)text;
    for (size_t n = 4; n < packed.n; n++) {
        assert_false(unpack((struct tl_str){packed.p, n}, LIMIT, &f, &e));
        file_release(&f);
    }
    for (size_t at = 4; at < packed.n; at++) {
        memcpy(bytes, packed.p, packed.n);
        bytes[at] ^= 0x55;
        (void)!unpack((struct tl_str){bytes, packed.n}, LIMIT, &f, &e);
        file_release(&f);
    }
    mem_free(bytes);
}

/* Wherever it is cut or a byte is another: an answer, and no more than that. */
static void any_damage_is_survived(void **state)
{
    (void)state;
    each_packer(TL_STR("select a from t where b = 1; select 2"), every_damage);
}

static void damage_says_where(void **state)
{
    struct buf packed;
    struct file f;
    struct err e;

    (void)state;
    buf_init(&packed, 0);
    pack_gzip(TL_STR("text"), &packed);
    size_t n = buf_view(&packed).n;
    buf_puts(&packed, "no member");
    assert_false(unpack(buf_view(&packed), LIMIT, &f, &e));
    char wanted[80];
    snprintf(wanted, sizeof(wanted),
             "the packed file is damaged near its byte %zu", n);
    assert_string_equal(e.message, wanted);
    assert_true(tl_str_is(f.text, "text"));
    file_release(&f);
    buf_release(&packed);
}

static void ends_at_the_limit(struct tl_str packed, struct tl_str text)
{
    struct file f;
    struct err e;

    (void)text;
    assert_false(unpack(packed, 1000, &f, &e));
    assert_int_equal(f.text.n, 1000);
    assert_string_equal(e.message,
                        "unpacked it is larger than the limit of 1000 bytes");
    file_release(&f);
}

static void a_bomb_ends_at_the_limit(void **state)
{
    static char zeros[LIMIT / 2];

    (void)state;
    each_packer((struct tl_str){zeros, sizeof(zeros)}, ends_at_the_limit);
}

static void endings_of_packed_paths(void **state)
{
    (void)state;
    assert_int_equal(file_unpacked_path("a.csv.gz"), 5);
    assert_int_equal(file_unpacked_path("a.csv.ZST"), 5);
    assert_int_equal(file_unpacked_path("a.csv"), 5);
    assert_int_equal(file_unpacked_path(".gz"), 3);
    assert_false(file_is_packed(TL_STR("\x1f")));
    assert_false(file_is_packed(TL_STR("")));
    assert_false(file_is_packed(TL_STR("2026-11-20")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_what_was_packed),
        cmocka_unit_test(several_members_are_one_text),
        cmocka_unit_test(what_comes_before_the_cut_is_kept),
        cmocka_unit_test(any_damage_is_survived),
        cmocka_unit_test(damage_says_where),
        cmocka_unit_test(a_bomb_ends_at_the_limit),
        cmocka_unit_test(endings_of_packed_paths),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
