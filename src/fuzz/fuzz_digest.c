/*
 * fuzz_digest.c - digests, read and merged: what is written is read again and
 * is the same, and the order of the parts says nothing.
 *
 * A line of "-- next" begins another part.
 */
#include "fuzz/harness.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#define PARTS_MAX 4

struct parts {
    struct tl_str v[PARTS_MAX];
    size_t n;
};

static struct tl_str digest(const struct parts *p, bool backwards)
{
    static const char *const names[PARTS_MAX] = {"a.json", "b.json", "c.json",
                                                 "d.json"};
    struct tl_linter *l = fuzz_open(true);
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);

    for (size_t i = 0; i < p->n; i++) {
        struct tl_str s = p->v[backwards ? p->n - 1 - i : i];

        fuzz_add(l, names[i], TL_AS_AUTO, (const uint8_t *)s.p, s.n);
    }
    tl_run(l);
    if (!f || !tl_write_digest(l, f))
        abort();
    fclose(f);
    tl_close(l);
    return (struct tl_str){text, n};
}

/* Takes `again`. */
static void must_be(struct tl_str once, struct tl_str again)
{
    if (!tl_str_eq(once, again))
        abort();
    mem_free((char *)(uintptr_t)again.p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tl_str rest = {(const char *)data, size};
    struct parts p = {.n = 0};

    while (p.n < PARTS_MAX && (rest.n || p.n == 0)) {
        struct tl_str behind = fuzz_behind_next(&rest);

        p.v[p.n++] = rest;
        rest = behind;
    }
    struct tl_str once = digest(&p, false);
    struct parts whole = {.v = {once}, .n = 1};

    must_be(once, digest(&p, true));
    must_be(once, digest(&whole, false));
    mem_free((char *)(uintptr_t)once.p);
    return 0;
}
