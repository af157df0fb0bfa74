/*
 * workload.c - the captured queries of a run: shapes, calls and loops.
 *
 * Ties the shapes, the units of work and the loops together; an event passes
 * through in that order and is forgotten.
 */
#include "workload/workload.h"

#include "workload/gaps.h"
#include "workload/loops.h"
#include "workload/requests.h"
#include "workload/session.h"
#include "workload/tags.h"

struct workload {
    struct shapes shapes;
    struct sessions sessions;
    struct loops loops;
    struct requests requests;
    struct gaps gaps;
    const struct tl_loop *found;
    size_t n_found;
    bool capture;
    bool only_counts;
    bool finished;
};

static bool writes(const struct tl_shape *s, struct tl_name table)
{
    for (uint32_t i = 0; i < s->n_tables; i++)
        if (s->tables[i].written &&
            tl_str_eq(s->tables[i].name.name, table.name))
            return true;
    return false;
}

/* INSERT ... ON CONFLICT DO NOTHING, and then the look-up that could have come
   first. Of several look-ups the first that was seen is counted. */
static void count_reads_after(struct shapes *s, const struct unit_of_work *u)
{
    for (size_t i = 0; i + 1 < u->list.n; i++) {
        struct shape_extra *insert = &s->extras.v[u->list.v[i].shape];
        uint32_t next = u->list.v[i + 1].shape;
        const struct tl_shape *look_up = &s->list.v[next];

        if (!insert->or_nothing || look_up->class != TL_CLASS_ONE ||
            !writes(&s->list.v[u->list.v[i].shape], look_up->key_table))
            continue;
        if (insert->read_after == NO_SHAPE)
            insert->read_after = next;
        insert->reads_after += insert->read_after == next;
    }
}

static void unit_ended(void *arg, const struct unit_of_work *u)
{
    struct workload *w = arg;

    loops_unit(&w->loops, u);
    count_reads_after(&w->shapes, u);
    requests_unit(&w->requests, u, w->loops.repeated);
}

struct workload *workload_create(struct arena *run, uint32_t loop_minimum)
{
    struct workload *w = mem_calloc(1, sizeof(*w));

    shapes_init(&w->shapes, run, SHAPES_MAX);
    loops_init(&w->loops, run, &w->shapes, &w->sessions.transactions,
               loop_minimum);
    requests_init(&w->requests, run, &w->shapes);
    sessions_init(&w->sessions, &w->shapes, unit_ended, w);
    return w;
}

static void ignore_unit(void *arg, const struct unit_of_work *unit)
{
    (void)arg;
    (void)unit;
}

void workload_only_count(struct workload *w)
{
    w->only_counts = true;
    w->sessions.ended = ignore_unit;
}

void workload_destroy(struct workload *w)
{
    if (!w)
        return;
    sessions_release(&w->sessions);
    loops_release(&w->loops);
    requests_release(&w->requests);
    gaps_release(&w->gaps);
    shapes_release(&w->shapes);
    mem_free(w);
}

const struct tl_shape *workload_query(struct workload *w, struct tl_str text,
                                      uint32_t source, struct tl_str file,
                                      struct text_map map)
{
    struct query_tags tags;
    struct tl_str sql = tags_read(text, &tags);
    size_t before = sql.n ? (size_t)(sql.p - text.p) : 0;
    struct shape_place place = {.map = map};

    place.map.skip += before;
    place.span =
        (struct tl_span){text_map_offset(&place.map, file, 0),
                         text_map_offset(&place.map, file, sql.n), source};
    struct shape_use use = shapes_use(&w->shapes, sql, &place);
    return use.shape == NO_SHAPE ? NULL : &w->shapes.list.v[use.shape];
}

/* The event's statement without its tags; span and map follow it. */
static void cut_tags(struct event *e, struct query_tags *tags)
{
    struct tl_str sql = tags_read(e->sql, tags);
    size_t before = sql.n ? (size_t)(sql.p - e->sql.p) : 0;

    /* A span of as many bytes holds nothing encoded; any other one keeps its
       comments, because the file is not at hand to count in. */
    if (e->span.end - e->span.start == e->sql.n) {
        e->span.start += before;
        e->span.end = e->span.start + sql.n;
    }
    e->map.skip += before;
    e->sql = sql;
}

/* Many executions in one: they have no order, so they are in no session. */
static void add_statistics(struct workload *w, const struct event *e,
                           struct shape_use use)
{
    struct shape_stats one;

    if (use.shape == NO_SHAPE || (use.role != ROLE_QUERY && !e->summary))
        return;
    w->shapes.list.v[use.shape].from_statistics = true;
    if (e->summary) {
        stats_merge(&w->shapes.stats.v[use.shape], e->summary);
        return;
    }
    stats_init(&one);
    one.calls = e->calls;
    one.has_total = e->ms >= 0;
    one.total_us = stats_us(e->ms);
    one.max_us = stats_us(e->max_ms);
    one.has_rows = e->rows >= 0;
    one.rows = stats_whole(e->rows);
    stats_merge(&w->shapes.stats.v[use.shape], &one);
}

static void keep_samples(struct workload *w, const struct event *e,
                         struct shape_use use)
{
    struct shape_stats *s = &w->shapes.stats.v[use.shape];

    /* Other logs may have put the parameters into the text. */
    if (e->protocol != PROTOCOL_UNKNOWN)
        s->constants |= UINT64_C(1) << (use.values >> 58);
    /* Any will do where nothing is merged. */
    if (w->only_counts || s->parameters.n < STATS_PARAMETERS)
        stats_keep(&s->parameters, STATS_PARAMETERS, e->parameters, 0);
    if (w->only_counts && e->sql.n <= SHAPES_EXAMPLE_MAX)
        sketch_add(&s->examples, STATS_EXAMPLES, e->sql, 0);
}

void workload_add(struct workload *w, uint32_t source,
                  const struct event *event)
{
    struct event e = *event;
    struct query_tags tags;

    w->capture = true;
    gaps_event(&w->gaps, source, &e);
    if (e.kind == EVENT_DURATION) {
        sessions_duration(&w->sessions, source, &e);
        return;
    }
    if (e.kind == EVENT_FETCH) {
        sessions_fetch(&w->sessions, source, &e);
        return;
    }
    if (!e.sql.n)
        return;
    cut_tags(&e, &tags);
    if (e.trace.n)
        tags.trace = e.trace;
    if (e.route.n)
        tags.route = e.route;
    struct shape_place place = {e.span, e.map, true, e.display};
    place.span.source = source;
    struct shape_use use =
        e.shape ? shapes_use_as(&w->shapes, e.shape, e.sql, &place)
                : shapes_use(&w->shapes, e.sql, &place);
    if (e.kind == EVENT_STATISTICS) {
        add_statistics(w, &e, use);
        return;
    }
    if (use.shape != NO_SHAPE)
        keep_samples(w, &e, use);
    sessions_add(&w->sessions, source, &e, &tags, use);
}

void workload_end_file(struct workload *w)
{
    sessions_end(&w->sessions);
}

void workload_finish(struct workload *w, struct tl_schema schema)
{
    if (w->finished)
        return;
    w->finished = true;
    sessions_end(&w->sessions);
    shapes_finish(&w->shapes);
    if (w->only_counts)
        return;
    transactions_finish(&w->sessions.transactions);
    loops_complete_shapes(&w->shapes, schema);
    w->found = loops_judge(&w->loops, schema, &w->gaps, &w->n_found);
    gaps_finish(&w->gaps, &w->shapes, &w->sessions.transactions);
}

const struct tl_shape *workload_shapes(const struct workload *w, size_t *n)
{
    *n = w->shapes.list.n;
    return w->shapes.list.v;
}

const struct shape_extra *workload_extra(const struct workload *w,
                                         const struct tl_shape *s)
{
    return &w->shapes.extras.v[s->number];
}

const struct tl_shape *workload_shape(const struct workload *w, uint64_t hash)
{
    uint32_t at = shapes_find(&w->shapes, hash);

    return at == NO_SHAPE ? NULL : &w->shapes.list.v[at];
}

const struct tl_loop *workload_loops(const struct workload *w, size_t *n)
{
    *n = w->n_found;
    return w->found;
}

const struct tl_request *workload_requests(const struct workload *w, size_t *n)
{
    *n = w->requests.list.n;
    return w->requests.list.v;
}

const struct tl_transaction *workload_transactions(const struct workload *w,
                                                   size_t *n)
{
    *n = w->sessions.transactions.list.n;
    return w->sessions.transactions.list.v;
}

const struct tl_gap *workload_gaps(const struct workload *w, size_t *n)
{
    *n = w->gaps.list.n;
    return w->gaps.list.v;
}

bool workload_is_cut(const struct workload *w, const struct tl_shape *s)
{
    return !w->shapes.extras.v[s->number].parsed && text_is_cut(s->example);
}

bool workload_has_capture(const struct workload *w)
{
    return w->capture;
}

const struct shape_stats *workload_stats(const struct workload *w,
                                         const struct tl_shape *s)
{
    return &w->shapes.stats.v[s->number];
}

uint64_t workload_dropped(const struct workload *w)
{
    return w->shapes.dropped + w->loops.dropped;
}
