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

#include <stdint.h>

/* Numbers are below this. */
#define HISTOGRAM_BUCKETS 496u

struct histogram_bucket {
    uint32_t number;
    uint64_t count;
};

struct histogram {
    VEC(struct histogram_bucket) buckets; /* by number, none empty */
};

/* The bucket of a value. */
uint32_t histogram_number(uint64_t value);
/* The middle of a bucket. */
uint64_t histogram_value(uint32_t number);
void histogram_add(struct histogram *, uint32_t number, uint64_t count);
/* The value that the share `q` (0 to 1) of all does not exceed; 0 if empty. */
uint64_t histogram_quantile(const struct histogram *, double q);
void histogram_release(struct histogram *);

#endif
