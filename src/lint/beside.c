/*
 * beside.c - the .sql file that lies beside a plan and has its query.
 *
 * A folder may hold ten thousand plans, so inputs are found by a hash of their
 * paths.
 */
#include "lint/beside.h"

#include "base/mem.h"
#include "base/xxh.h"

/* Its own hash falls through labels without saying so. */
#define HASH_FUNCTION(key, n, hash) (hash) = (unsigned)XXH3_64bits((key), (n))
#define uthash_malloc(n) mem_alloc(n)
#define uthash_free(p, n) mem_free(p)
#include <uthash.h>

#include <string.h>

struct beside_input {
    struct input *input;
    UT_hash_handle hh;
};

/* "plans/report.json" and "plans/report.plan.json" to "plans/report.sql". */
static const char *query_path(struct tl_linter *l, const char *plan_path)
{
    size_t n = strlen(plan_path);
    static const char *const endings[] = {".json", ".plan", ".explain"};
    bool cut = false;

    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t m = strlen(endings[i]);

        if (n > m && memcmp(plan_path + n - m, endings[i], m) == 0) {
            n -= m;
            cut = true;
        }
    }
    return cut ? arena_printf(&l->arena, "%.*s.sql", (int)n, plan_path).p
               : NULL;
}

/* Inputs that came since the last call. */
static void learn(struct beside *b, const struct tl_linter *l)
{
    for (; b->n_known < l->inputs.n; b->n_known++) {
        struct beside_input *e = mem_calloc(1, sizeof(*e));

        e->input = l->inputs.v[b->n_known];
        HASH_ADD_KEYPTR(hh, b->by_path, e->input->path, strlen(e->input->path),
                        e);
    }
}

static struct input *find_input(struct beside *b, const struct tl_linter *l,
                                const char *path)
{
    struct beside_input *e;

    learn(b, l);
    HASH_FIND(hh, b->by_path, path, strlen(path), e);
    return e ? e->input : NULL;
}

struct input *beside_plan(struct beside *b, struct tl_linter *l,
                          const char *plan_path)
{
    const char *path = query_path(l, plan_path);
    struct input *in = path ? find_input(b, l, path) : NULL;

    if (in || !path || !file_is_regular(path))
        return in;
    size_t n = l->inputs.n;
    inputs_add_path(l, path, TL_AS_QUERY, true);
    if (l->inputs.n == n)
        return NULL;
    in = l->inputs.v[n];
    in->source.id = l->n_sources++;
    return in;
}

void beside_release(struct beside *b)
{
    struct beside_input *e;
    struct beside_input *next;

    HASH_ITER(hh, b->by_path, e, next)
    {
        HASH_DEL(b->by_path, e);
        mem_free(e);
    }
}
