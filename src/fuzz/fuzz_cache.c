/*
 * fuzz_cache.c - the state that a cache keeps of a history, as it was written
 * and as somebody has damaged it.
 *
 * The input is SQL. What it leads to is written and read again: the same must
 * come out. Behind a line of "-- next" stand damages, three bytes each: where,
 * of 65536 equal parts, and what. A state that is read in spite of them is run
 * on with. The bytes themselves are given to the reader of tables, too.
 */
#include "base/codec.h"
#include "fuzz/harness.h"
#include "lint/cache.h"

#include <stdlib.h>

static const char behind[] =
    "ALTER TABLE herds ADD c int; CREATE INDEX i ON cows (name);\n"
    "DROP TABLE herds CASCADE; ALTER TYPE mood ADD VALUE 'x';\n";

static struct tl_linter *open_history(struct tl_str sql)
{
    struct tl_linter *l = fuzz_open(false);

    tl_add_text(l, "db/1.sql", sql, TL_AS_MIGRATION, true);
    return l;
}

static void freeze(struct tl_linter *l, const struct walk_state *walk,
                   struct buf *out)
{
    struct codec c;

    buf_init(out, 0);
    codec_write(&c);
    frozen_write(l, walk, 1, &c);
    codec_finish(&c, out);
    codec_release(&c);
}

static void make_state(struct tl_str sql, struct buf *out)
{
    const struct walk_state walk = {.up = NULL};
    struct tl_linter *l = open_history(sql);

    tl_run(l);
    freeze(l, &walk, out);
    fuzz_finish(l);
}

static void must_be_itself(struct tl_str sql, struct tl_str state)
{
    struct walk_state walk = {.up = NULL};
    struct tl_linter *l = open_history(sql);
    struct buf again;

    if (!frozen_read(l, &walk, 1, state))
        abort();
    freeze(l, &walk, &again);
    if (!tl_str_eq(buf_view(&again), state))
        abort();
    buf_release(&again);
    tl_close(l);
}

static void damage(struct buf *state, struct tl_str damages)
{
    for (; damages.n >= 3; damages.p += 3, damages.n -= 3) {
        const unsigned char *d = (const unsigned char *)damages.p;
        size_t at = (size_t)((uint64_t)(d[0] << 8 | d[1]) * state->n >> 16);

        state->p[at] = (char)d[2];
    }
}

static void run_on(struct tl_str sql, struct tl_str state)
{
    struct walk_state walk = {.up = NULL};
    struct tl_linter *l = open_history(sql);

    fuzz_add(l, "db/2.sql", TL_AS_MIGRATION, (const uint8_t *)sql.p, sql.n);
    fuzz_add(l, "db/3.sql", TL_AS_MIGRATION, (const uint8_t *)behind,
             sizeof(behind) - 1);
    if (frozen_read(l, &walk, 1, state))
        tl_run(l);
    fuzz_finish(l);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_str sql = {(const char *)data, size};
    struct tl_str damages = fuzz_behind_next(&sql);
    struct buf state;

    known_check((struct tl_str){(const char *)data, size});
    make_state(sql, &state);
    if (damages.n < 3)
        must_be_itself(sql, buf_view(&state));
    damage(&state, damages);
    run_on(sql, buf_view(&state));
    buf_release(&state);
    return 0;
}
