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

static size_t place_of(const struct histogram *h, uint32_t number)
{
    size_t low = 0;
    size_t high = h->buckets.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (h->buckets.v[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void histogram_add(struct histogram *h, uint32_t number, uint64_t count)
{
    size_t at = place_of(h, number);

    if (at < h->buckets.n && h->buckets.v[at].number == number) {
        h->buckets.v[at].count += count;
        return;
    }
    if (count == 0)
        return;
    vec_push(&h->buckets, (struct histogram_bucket){number, count});
    memmove(&h->buckets.v[at + 1], &h->buckets.v[at],
            (h->buckets.n - 1 - at) * sizeof(h->buckets.v[0]));
    h->buckets.v[at] = (struct histogram_bucket){number, count};
}

uint64_t histogram_quantile(const struct histogram *h, double q)
{
    uint64_t all = 0;
    uint64_t seen = 0;

    for (size_t i = 0; i < h->buckets.n; i++)
        all += h->buckets.v[i].count;
    for (size_t i = 0; i < h->buckets.n; i++) {
        seen += h->buckets.v[i].count;
        if ((double)seen >= q * (double)all)
            return histogram_value(h->buckets.v[i].number);
    }
    return 0;
}

void histogram_release(struct histogram *h)
{
    vec_release(&h->buckets);
}
