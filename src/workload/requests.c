/*
 * requests.c - requests that run many statements, told by name.
 */
#include "workload/requests.h"

#include "base/xxh.h"

#include <stdlib.h>

void requests_init(struct requests *r, struct arena *arena,
                   const struct shapes *shapes)
{
    memset(r, 0, sizeof(*r));
    r->arena = arena;
    r->shapes = shapes;
}

void requests_release(struct requests *r)
{
    vec_release(&r->list);
}

/* ---- names ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A part of a path that names one row: "4711", or a UUID. */
static bool is_id(struct tl_str part)
{
    bool digit = false;

    for (size_t i = 0; i < part.n; i++) {
        char c = part.p[i];
        bool hex = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');

        digit |= is_digit(c);
        if (!is_digit(c) && (part.n < 8 || !(hex || c == '-')))
            return false;
    }
    return digit;
}

/* "GET /authors/4" and "GET /authors/5" are one; what is asked behind '?' is
   no part of the name. */
static uint64_t hash_name(struct tl_str name)
{
    uint64_t hash = 7;

    for (size_t at = 0; at < name.n && name.p[at] != '?';) {
        size_t end = at;

        while (end < name.n && name.p[end] != '/' && name.p[end] != '?')
            end++;
        struct tl_str part = {name.p + at, end - at};
        if (is_id(part))
            part = TL_STR(":id");
        hash = XXH3_64bits_withSeed(part.n ? part.p : "", part.n, hash);
        at = end < name.n && name.p[end] == '/' ? end + 1 : end;
    }
    return hash;
}

/* ---- one request ---- */

static int compare_u32(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;

    return x < y ? -1 : x > y;
}

/* How many different queries it asked, and which of them most often. */
static void count_shapes(const struct requests *r, const struct unit_of_work *u,
                         struct tl_request *out)
{
    size_t n = u->list.n;
    uint32_t *shapes = mem_calloc(n, sizeof(*shapes));
    uint32_t best = 0;

    for (size_t i = 0; i < n; i++)
        shapes[i] = u->list.v[i].shape;
    qsort(shapes, n, sizeof(*shapes), compare_u32);
    for (size_t i = 0, start = 0; i < n; i++) {
        if (shapes[i] != shapes[start])
            start = i;
        out->shapes += start == i;
        if (i - start + 1 > out->most_n) {
            out->most_n = (uint32_t)(i - start + 1);
            best = shapes[i];
        }
    }
    out->most = &r->shapes->list.v[best];
    mem_free(shapes);
}

static void describe(const struct requests *r, const struct unit_of_work *u,
                     struct tl_request *out)
{
    struct tl_str name = {u->tag, u->tag_is_name ? u->tag_n : 0};
    struct tl_str application = {u->application, u->application_n};

    out->name = arena_str(r->arena, name.n ? name : TL_NONE);
    out->application =
        arena_str(r->arena, application.n ? application : TL_NONE);
    out->first = u->list.v[0].span;
    out->last = u->list.v[u->list.n - 1].span;
    out->total_ms = -1;
    for (size_t i = 0; i < u->list.n; i++)
        if (u->list.v[i].ms >= 0)
            out->total_ms =
                (out->total_ms < 0 ? 0 : out->total_ms) + u->list.v[i].ms;
    count_shapes(r, u, out);
}

/* Of equal ones the first in the file, because units end in an order of
   their own. */
static bool is_worse(const struct tl_request *old, uint32_t rest,
                     struct tl_span first)
{
    uint32_t old_rest = old->statements - old->repeated;

    if (rest != old_rest)
        return rest > old_rest;
    if (first.source != old->first.source)
        return first.source < old->first.source;
    return first.start < old->first.start;
}

static struct tl_request *find(struct requests *r, const struct unit_of_work *u)
{
    struct tl_str name = {u->tag, u->tag_is_name ? u->tag_n : 0};
    uint64_t key =
        name.n ? hash_name(name)
               : XXH3_64bits_withSeed(u->application, u->application_n, 8);

    for (size_t i = 0; i < r->list.n; i++)
        if (r->list.v[i].hash == key)
            return &r->list.v[i];
    if (r->list.n >= REQUESTS_MAX)
        return NULL;
    vec_push(&r->list, (struct tl_request){.hash = key});
    return vec_last(&r->list);
}

void requests_unit(struct requests *r, const struct unit_of_work *u,
                   uint32_t repeated)
{
    uint32_t n = (uint32_t)u->list.n;

    if (!u->traced || n <= TL_REQUEST_STATEMENTS ||
        n - repeated <= TL_REQUEST_STATEMENTS)
        return;
    struct tl_request *one = find(r, u);
    if (!one)
        return;
    uint32_t before = one->n++;
    if (before && !is_worse(one, n - repeated, u->list.v[0].span))
        return;
    *one = (struct tl_request){
        .hash = one->hash, .n = one->n, .statements = n, .repeated = repeated};
    describe(r, u, one);
}
