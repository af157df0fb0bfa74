/*
 * histogram.h - how often values were seen, each known to a sixteenth.
 *
 * Eight buckets between a power of two and the next, as HdrHistogram has them:
 * numbers only, no samples, so that histograms of parts add up to the whole's,
 * in any order. A quantile lies in the bucket of the value it stands for: the
 * bucket's middle is off by at most 1/16 of it.
 */
#ifndef BASE_HISTOGRAM_H
#define BASE_HISTOGRAM_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

/* Numbers are below this. */
#define HISTOGRAM_BUCKETS 496u

struct histogram_bucket {
    uint32_t number;
    uint64_t count;
};

struct histogram {
    uint64_t used[(HISTOGRAM_BUCKETS + 63) / 64]; /* a bit for each number */
    VEC(uint64_t) counts;                         /* of the used, by number */
};

/* Goes through the buckets that are not empty. */
struct histogram_walk {
    const struct histogram *histogram;
    uint32_t number; /* the next to look at */
    size_t at;       /* its count, if it is used */
};

/* The bucket of a value. */
uint32_t histogram_number(uint64_t value);
/* The middle of a bucket. */
uint64_t histogram_value(uint32_t number);
void histogram_add(struct histogram *, uint32_t number, uint64_t count);
/* The value that the share `q` (0 to 1) of all does not exceed; 0 if empty. */
uint64_t histogram_quantile(const struct histogram *, double q);
static inline struct histogram_walk histogram_walk(const struct histogram *h)
{
    return (struct histogram_walk){h, 0, 0};
}
/* By number; false behind the last. */
bool histogram_next(struct histogram_walk *, struct histogram_bucket *);
void histogram_release(struct histogram *);

#endif
