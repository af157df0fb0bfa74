/*
 * byname.c - the rows of one relation, found by their names.
 */
#include "schema/byname.h"

#include "base/xxh.h"

#define FIRST_BUCKETS 8

/* One name's rows are a chain; the names of a bucket are another. */
struct named_row {
    struct named_row *next;  /* name in the bucket; of its newest row */
    struct named_row *older; /* row of the same name */
    struct tl_str name;
    uint64_t hash;
    const struct tl_row *row;
    void *thing;
};

static uint64_t hash_of(struct tl_str name)
{
    return XXH3_64bits(name.n ? name.p : "", name.n);
}

/* Where the name stands, or would: its newest row. */
static struct named_row **place_of(const struct byname *b, struct tl_str name,
                                   uint64_t hash)
{
    struct named_row **at = &b->buckets[hash & (b->n_buckets - 1)];

    while (*at && ((*at)->hash != hash || !tl_str_eq((*at)->name, name)))
        at = &(*at)->next;
    return at;
}

static void grow(struct byname *b, struct arena *a)
{
    uint32_t n = b->n_buckets ? 4 * b->n_buckets : FIRST_BUCKETS;
    struct named_row **buckets = ARENA_ARRAY(a, struct named_row *, n);

    for (uint32_t i = 0; i < b->n_buckets; i++) {
        struct named_row *next = NULL;

        for (struct named_row *r = b->buckets[i]; r; r = next) {
            struct named_row **bucket = &buckets[r->hash & (n - 1)];

            next = r->next;
            r->next = *bucket;
            *bucket = r;
        }
    }
    b->buckets = buckets;
    b->n_buckets = n;
}

static bool is_seen(const struct tl_row *row)
{
    return row->born < row->died;
}

void byname_add(struct byname *b, struct arena *a, struct tl_str name,
                void *thing, const struct tl_row *row)
{
    struct named_row *r = ARENA_NEW(a, struct named_row);

    if (b->n >= b->n_buckets)
        grow(b, a);
    *r = (struct named_row){
        .name = name, .hash = hash_of(name), .row = row, .thing = thing};
    struct named_row **at = place_of(b, name, r->hash);
    struct named_row *newest = *at;

    b->n += !newest;
    r->next = newest ? newest->next : NULL;
    while (newest && !is_seen(newest->row))
        newest = newest->older;
    r->older = newest;
    *at = r;
}

/* Of one name only one is alive at a time: what is older than a row that had
   a life had ended when that began. */
void *byname_find(const struct byname *b, struct tl_str name, uint32_t at)
{
    if (b->n == 0)
        return NULL;
    for (const struct named_row *r = *place_of(b, name, hash_of(name)); r;
         r = r->older) {
        if (r->row->born <= at && at < r->row->died)
            return r->thing;
        if (is_seen(r->row) && r->row->died <= at)
            return NULL;
    }
    return NULL;
}
