/*
 * fingerprint.c - what identifies a finding from run to run.
 *
 * XXH3-128, inlined: libpg_query exports names of an older xxHash. Numbers go
 * in as little-endian bytes and every text after its length, so that machines
 * agree and no two sets of fields run together.
 */
#include "lint/fingerprint.h"

#include "base/mem.h"
#include "base/xxh.h"

#include <tusklint/rule.h>

#include <stdlib.h>
#include <string.h>

struct entry {
    XXH128_hash_t base; /* without the ordinal */
    size_t at;
};

static void add_number(XXH3_state_t *state, uint64_t n)
{
    unsigned char bytes[8];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)(n >> (8 * i));
    XXH3_128bits_update(state, bytes, sizeof(bytes));
}

static void add_text(XXH3_state_t *state, struct tl_str s)
{
    add_number(state, s.n);
    if (s.n)
        XXH3_128bits_update(state, s.p, s.n);
}

static XXH128_hash_t hash_base(const struct tl_finding *f, const char *path,
                               XXH3_state_t *state)
{
    XXH3_128bits_reset(state);
    add_text(state, tl_str_c(f->rule->id));
    add_text(state, tl_str_c(path));
    add_number(state, f->statement_key);
    add_text(state, f->object);
    return XXH3_128bits_digest(state);
}

static int compare(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;

    if (x->base.high64 != y->base.high64)
        return x->base.high64 < y->base.high64 ? -1 : 1;
    if (x->base.low64 != y->base.low64)
        return x->base.low64 < y->base.low64 ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static bool same_base(const struct entry *a, const struct entry *b)
{
    return XXH128_isEqual(a->base, b->base) != 0;
}

static void number_equals(struct tl_finding *const *findings,
                          const struct entry *entries, size_t n,
                          XXH3_state_t *state)
{
    uint64_t ordinal = 0;

    for (size_t i = 0; i < n; i++) {
        ordinal =
            i && same_base(&entries[i - 1], &entries[i]) ? ordinal + 1 : 0;
        XXH3_128bits_reset(state);
        add_number(state, entries[i].base.high64);
        add_number(state, entries[i].base.low64);
        add_number(state, ordinal);
        XXH128_hash_t h = XXH3_128bits_digest(state);
        findings[entries[i].at]->fingerprint[0] = h.high64;
        findings[entries[i].at]->fingerprint[1] = h.low64;
    }
}

void fingerprint_assign(struct tl_finding *const *findings, size_t n,
                        fingerprint_path_fn *path_of, void *arg)
{
    struct entry *entries = mem_calloc(n + 1, sizeof(*entries));
    XXH3_state_t state;

    for (size_t i = 0; i < n; i++) {
        const char *path = path_of(findings[i]->span.source, arg);

        entries[i].base = hash_base(findings[i], path, &state);
        entries[i].at = i;
    }
    qsort(entries, n, sizeof(*entries), compare);
    number_equals(findings, entries, n, &state);
    mem_free(entries);
}
