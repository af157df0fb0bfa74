/*
 * histogram.c - how often values were seen, each known to a sixteenth.
 */
#include "base/histogram.h"

#include <string.h>

/* Bits of a value behind its highest one that choose the bucket. */
#define FINE 3u
#define FINE_BUCKETS (1u << FINE)

uint32_t histogram_number(uint64_t value)
{
    if (value < FINE_BUCKETS)
        return (uint32_t)value;
    unsigned top = 63u - (unsigned)__builtin_clzll(value);

    return (top - FINE + 1) * FINE_BUCKETS +
           (uint32_t)(value >> (top - FINE) & (FINE_BUCKETS - 1));
}

uint64_t histogram_value(uint32_t number)
{
    if (number < FINE_BUCKETS)
        return number;
    unsigned shift = number / FINE_BUCKETS - 1;
    uint64_t low = (uint64_t)(FINE_BUCKETS + number % FINE_BUCKETS) << shift;

    return low + (((uint64_t)1 << shift) >> 1);
}

static bool is_used(const struct histogram *h, uint32_t number)
{
    return h->used[number / 64] >> number % 64 & 1;
}

/* How many used ones come before: no search, so no branch to guess. */
static size_t place_of(const struct histogram *h, uint32_t number)
{
    uint64_t below = ((uint64_t)1 << number % 64) - 1;
    int n = __builtin_popcountll(h->used[number / 64] & below);

    for (uint32_t word = 0; word < number / 64; word++)
        n += __builtin_popcountll(h->used[word]);
    return (size_t)n;
}

void histogram_add(struct histogram *h, uint32_t number, uint64_t count)
{
    size_t at = place_of(h, number);

    if (count == 0)
        return;
    if (is_used(h, number)) {
        h->counts.v[at] += count;
        return;
    }
    vec_push(&h->counts, count);
    memmove(&h->counts.v[at + 1], &h->counts.v[at],
            (h->counts.n - 1 - at) * sizeof(h->counts.v[0]));
    h->counts.v[at] = count;
    h->used[number / 64] |= (uint64_t)1 << number % 64;
}

bool histogram_next(struct histogram_walk *w, struct histogram_bucket *out)
{
    while (w->number < HISTOGRAM_BUCKETS && !is_used(w->histogram, w->number))
        w->number++;
    if (w->number == HISTOGRAM_BUCKETS)
        return false;
    *out =
        (struct histogram_bucket){w->number++, w->histogram->counts.v[w->at++]};
    return true;
}

uint64_t histogram_quantile(const struct histogram *h, double q)
{
    struct histogram_walk w = histogram_walk(h);
    struct histogram_bucket b;
    uint64_t all = 0;
    uint64_t seen = 0;

    for (size_t i = 0; i < h->counts.n; i++)
        all += h->counts.v[i];
    while (histogram_next(&w, &b)) {
        seen += b.count;
        if ((double)seen >= q * (double)all)
            return histogram_value(b.number);
    }
    return 0;
}

void histogram_release(struct histogram *h)
{
    vec_release(&h->counts);
}
