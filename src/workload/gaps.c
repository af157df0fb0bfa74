/*
 * gaps.c - what a capture does not show.
 */
#include "workload/gaps.h"

#include "sql/lex.h"

#include <stdlib.h>

/* Records of several processes may be out of order by less. */
#define CLOCK_US 10000000
/* log_min_duration_statement counts milliseconds from here. */
#define QUICK_MS 1
/* Statements that make it no accident. */
#define QUICK_MIN 20
/* What servers and collectors cut at is a power of two. */
#define CUT_MIN 1023

void gaps_release(struct gaps *g)
{
    vec_release(&g->list);
    vec_release(&g->logs);
}

static struct tl_gap *find(struct gaps *g, enum tl_gap_kind kind,
                           uint32_t source)
{
    for (size_t i = g->list.n; i-- > 0;)
        if (g->list.v[i].kind == kind && g->list.v[i].first.source == source)
            return &g->list.v[i];
    return NULL;
}

void gaps_add(struct gaps *g, enum tl_gap_kind kind, struct tl_span at,
              uint64_t n, double ms)
{
    struct tl_gap *one = find(g, kind, at.source);

    if (!one) {
        vec_push(&g->list, (struct tl_gap){kind, at, n, ms});
        return;
    }
    one->n += n;
    if (ms > one->ms)
        one->ms = ms;
    if (at.start < one->first.start)
        one->first = at;
}

/* ---- as events come ---- */

static struct log_seen *log_of(struct gaps *g, uint32_t source)
{
    while (g->logs.n <= source)
        vec_push(&g->logs,
                 (struct log_seen){.time_us = EVENT_NO_TIME, .fastest_ms = -1});
    return &g->logs.v[source];
}

/* Readers may hand a record out after later ones: those say nothing. */
static void look_at_clock(struct gaps *g, struct log_seen *log,
                          const struct event *e, struct tl_span at)
{
    if (e->time_us == EVENT_NO_TIME || e->record_start < log->record)
        return;
    if (log->time_us != EVENT_NO_TIME && log->time_us - e->time_us > CLOCK_US)
        gaps_add(g, TL_GAP_CLOCK, at, 1,
                 (double)(log->time_us - e->time_us) / 1000);
    log->record = e->record_start;
    log->time_us = e->time_us;
}

static void look_at_time(struct log_seen *log, const struct event *e,
                         struct tl_span at)
{
    if (e->ms < 0) {
        log->untimed++;
        return;
    }
    log->timed++;
    if (log->fastest_ms >= 0 && e->ms >= log->fastest_ms)
        return;
    log->fastest_ms = e->ms;
    log->fastest = at;
}

void gaps_event(struct gaps *g, uint32_t source, const struct event *e)
{
    struct tl_span at = e->span;

    at.source = source;
    if (e->kind == EVENT_HIDDEN) {
        gaps_add(g, TL_GAP_HIDDEN, at, 1, -1);
        return;
    }
    /* Only a server's log is in the order of its clock. */
    if (e->kind != EVENT_EXECUTE || e->protocol == PROTOCOL_UNKNOWN)
        return;
    struct log_seen *log = log_of(g, source);
    look_at_clock(g, log, e, at);
    look_at_time(log, e, at);
}

/* ---- at the end ---- */

static bool ends_in_dots(struct tl_str s)
{
    return s.n >= 3 && (memcmp(s.p + s.n - 3, "...", 3) == 0 ||
                        memcmp(s.p + s.n - 3, "\xe2\x80\xa6", 3) == 0);
}

/* 1023 bytes of 1024, or that many. */
static bool is_full(size_t n)
{
    return n >= CUT_MIN && ((n & (n + 1)) == 0 || (n & (n - 1)) == 0);
}

bool text_is_cut(struct tl_str s)
{
    struct lex l = lex_at(s, 0);
    int depth = 0;

    if (ends_in_dots(s) || is_full(s.n))
        return true;
    for (;;) {
        struct lex_token t = lex_next(&l);

        if (t.kind == LEX_END)
            return depth > 0;
        if (t.unterminated)
            return true;
        depth += lex_is_punct(&l, t, '(') - lex_is_punct(&l, t, ')');
    }
}

static void find_cut(struct gaps *g, const struct shapes *shapes)
{
    for (size_t i = 0; i < shapes->list.n; i++) {
        const struct tl_shape *s = &shapes->list.v[i];
        bool ran = s->calls == 0 || s->calls > s->errors;

        if (s->from_capture && ran && s->example.n &&
            !shapes->extras.v[i].parsed && text_is_cut(s->example))
            gaps_add(g, TL_GAP_CUT, s->span, 1, -1);
    }
}

static void find_quick(struct gaps *g)
{
    for (size_t i = 0; i < g->logs.n; i++) {
        const struct log_seen *log = &g->logs.v[i];

        if (log->timed >= QUICK_MIN && !log->untimed &&
            log->fastest_ms >= QUICK_MS)
            gaps_add(g, TL_GAP_QUICK, log->fastest, log->timed,
                     log->fastest_ms);
    }
}

static void find_samples(struct gaps *g, const struct transactions *t)
{
    for (size_t i = 0; i < t->habits.n; i++) {
        const struct log_habits *h = &t->habits.v[i];

        if (log_is_sample(h))
            gaps_add(g, TL_GAP_SAMPLE, h->first_nested, h->nested, -1);
    }
}

static int compare(const void *a, const void *b)
{
    const struct tl_gap *x = a;
    const struct tl_gap *y = b;

    if (x->first.source != y->first.source)
        return x->first.source < y->first.source ? -1 : 1;
    return x->kind < y->kind ? -1 : x->kind > y->kind;
}

void gaps_finish(struct gaps *g, const struct shapes *shapes,
                 const struct transactions *t)
{
    find_cut(g, shapes);
    find_quick(g);
    find_samples(g, t);
    if (g->list.n)
        qsort(g->list.v, g->list.n, sizeof(*g->list.v), compare);
}
