/*
 * stats.h - what a capture says about one shape.
 *
 * Whole microseconds, counts and sketches only: statistics of parts of a log
 * add up to those of the whole, bit by bit and in any order.
 */
#ifndef INPUT_STATS_H
#define INPUT_STATS_H

#include "base/histogram.h"
#include "base/sketch.h"

#include <tusklint/base.h>

/* How many are kept of each. */
#define STATS_PARAMETERS 3u
#define STATS_APPLICATIONS 8u
#define STATS_ROUTES 8u
#define STATS_EXAMPLES 1u
/* Of a text that is kept. */
#define STATS_TEXT_MAX ((size_t)1024)
/* Counts stop here: JSON's numbers are exact up to it. */
#define STATS_COUNT_MAX ((uint64_t)1 << 53)

/* What each execution touches stands together: a log has thousands of shapes,
   and they are counted in any order. */
struct shape_stats {
    uint64_t calls; /* `errors` included */
    uint64_t timed; /* calls whose times are in `times` */
    uint64_t total_us;
    uint64_t max_us;
    int64_t first_us; /* of the records; INT64_MAX: none has a time */
    int64_t last_us;  /* INT64_MIN */
    struct sketch applications, routes;
    struct histogram times;
    uint64_t constants; /* a bit for each set of constants, by its hash */
    uint64_t errors;
    uint64_t rows;
    bool has_total;
    bool has_rows;
    struct sketch parameters, examples;
};

/* One execution. */
struct stats_call {
    double ms;       /* negative: unknown */
    double rows;     /* negative: unknown */
    int64_t time_us; /* INT64_MIN: unknown */
    struct tl_str application, route;
};

void stats_init(struct shape_stats *);
void stats_release(struct shape_stats *);
void stats_count(struct shape_stats *, const struct stats_call *);
/* The numbers of many executions, and what was kept of them. */
void stats_merge(struct shape_stats *, const struct shape_stats *);
/* Negative: unknown. */
double stats_p95_ms(const struct shape_stats *);
/* A count, rounded and bounded; negative and NAN become 0. */
uint64_t stats_whole(double);
/* Microseconds, rounded and bounded; negative and NAN become 0. */
uint64_t stats_us(double ms);
void stats_keep(struct sketch *, uint32_t capacity, struct tl_str text,
                uint64_t count);

#endif
