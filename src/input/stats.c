/*
 * stats.c - what a capture says about one shape.
 */
#include "input/stats.h"

#include <math.h>

void stats_init(struct shape_stats *s)
{
    *s = (struct shape_stats){.first_us = INT64_MAX, .last_us = INT64_MIN};
}

void stats_release(struct shape_stats *s)
{
    histogram_release(&s->times);
    sketch_release(&s->parameters);
    sketch_release(&s->applications);
    sketch_release(&s->routes);
    sketch_release(&s->examples);
}

static void add(uint64_t *to, uint64_t n)
{
    *to = n > STATS_COUNT_MAX - *to ? STATS_COUNT_MAX : *to + n;
}

uint64_t stats_whole(double x)
{
    if (!(x > 0))
        return 0;
    return x < (double)STATS_COUNT_MAX ? (uint64_t)(x + 0.5) : STATS_COUNT_MAX;
}

uint64_t stats_us(double ms)
{
    return stats_whole(ms * 1000);
}

void stats_keep(struct sketch *s, uint32_t capacity, struct tl_str text,
                uint64_t count)
{
    /* Not in the middle of a character: what is kept must be UTF-8. */
    while (text.n > STATS_TEXT_MAX) {
        text.n = STATS_TEXT_MAX;
        while (text.n && ((unsigned char)text.p[text.n] & 0xc0) == 0x80)
            text.n--;
    }
    sketch_add(s, capacity, text, count);
}

/* A digest writes it as one of JSON's numbers, which are exact up to here: the
   year 2255. */
static bool is_time(int64_t us)
{
    return us >= -(int64_t)STATS_COUNT_MAX && us <= (int64_t)STATS_COUNT_MAX;
}

static void see_time(struct shape_stats *s, int64_t first, int64_t last)
{
    if (!is_time(first) || !is_time(last))
        return;
    if (first < s->first_us)
        s->first_us = first;
    if (last > s->last_us)
        s->last_us = last;
}

void stats_count(struct shape_stats *s, const struct stats_call *call)
{
    add(&s->calls, 1);
    if (call->ms >= 0) {
        uint64_t us = stats_us(call->ms);

        s->has_total = true;
        add(&s->timed, 1);
        add(&s->total_us, us);
        if (us > s->max_us)
            s->max_us = us;
        histogram_add(&s->times, histogram_number(us), 1);
    }
    if (call->rows >= 0) {
        s->has_rows = true;
        add(&s->rows, stats_whole(call->rows));
    }
    if (call->time_us != INT64_MIN)
        see_time(s, call->time_us, call->time_us);
    stats_keep(&s->applications, STATS_APPLICATIONS, call->application, 1);
    stats_keep(&s->routes, STATS_ROUTES, call->route, 1);
}

static void merge_sketch(struct sketch *to, uint32_t capacity,
                         const struct sketch *from)
{
    for (uint32_t i = 0; i < from->n; i++)
        sketch_add(to, capacity, from->entries[i].text, from->entries[i].count);
}

void stats_merge(struct shape_stats *to, const struct shape_stats *from)
{
    add(&to->calls, from->calls);
    add(&to->errors, from->errors);
    add(&to->timed, from->timed);
    add(&to->total_us, from->total_us);
    add(&to->rows, from->rows);
    if (from->max_us > to->max_us)
        to->max_us = from->max_us;
    to->constants |= from->constants;
    to->has_total |= from->has_total;
    to->has_rows |= from->has_rows;
    see_time(to, from->first_us, from->last_us);
    struct histogram_walk walk = histogram_walk(&from->times);
    struct histogram_bucket bucket;
    while (histogram_next(&walk, &bucket))
        histogram_add(&to->times, bucket.number, bucket.count);
    merge_sketch(&to->parameters, STATS_PARAMETERS, &from->parameters);
    merge_sketch(&to->applications, STATS_APPLICATIONS, &from->applications);
    merge_sketch(&to->routes, STATS_ROUTES, &from->routes);
    merge_sketch(&to->examples, STATS_EXAMPLES, &from->examples);
}

double stats_p95_ms(const struct shape_stats *s)
{
    uint64_t us = histogram_quantile(&s->times, 0.95);

    if (!s->timed)
        return -1;
    /* Of fewer than twenty it is the last. */
    if (s->timed < 20)
        us = s->max_us;
    return (double)(us < s->max_us ? us : s->max_us) / 1000;
}
