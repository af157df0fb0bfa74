/*
 * loops.c - shapes that ran again and again inside one unit of work.
 *
 * A run is a series of executions of one shape with the same few shapes
 * between each two of them: A B A B is a run of A and a run of B. The query
 * that ran just before a run ends it when it comes again.
 */
#include "workload/loops.h"

#include "base/xxh.h"

#include <stdlib.h>

#define RAW_MAX 65536u
#define RAW_CROWDED 8192u
/* A run that is long enough ends at a shape it has not seen; a short one may
   still learn which shapes belong to it. */

struct run {
    size_t first, n; /* in the positions of its shape */
    uint32_t between[BETWEEN_MAX];
    uint32_t n_between;
    uint32_t before; /* shape just before the first, or NO_SHAPE */
};

/* One shape's executions in a unit. */
struct group {
    struct loops *loops;
    const struct unit_of_work *unit;
    const uint64_t *order;
    size_t n;
};

void loops_init(struct loops *l, struct arena *arena,
                const struct shapes *shapes,
                const struct transactions *transactions, uint32_t minimum)
{
    memset(l, 0, sizeof(*l));
    l->arena = arena;
    l->shapes = shapes;
    l->transactions = transactions;
    l->minimum = minimum < 2 ? 2 : minimum;
    l->base_us = EVENT_NO_TIME;
}

void loops_release(struct loops *l)
{
    vec_release(&l->raw);
    vec_release(&l->order);
    vec_release(&l->hashes);
    mem_free(l->table);
    l->table = NULL;
}

static size_t index_of(const struct group *g, size_t at)
{
    return (size_t)(g->order[at] & UINT32_MAX);
}

static const struct execution *nth(const struct group *g, size_t at)
{
    return &g->unit->list.v[index_of(g, at)];
}

static int compare_u64(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* ---- what runs between two executions ---- */

static bool has_shape(const uint32_t *list, uint32_t n, uint32_t shape)
{
    for (uint32_t i = 0; i < n; i++)
        if (list[i] == shape)
            return true;
    return false;
}

/* The shapes between two executions; false when they are too many. */
static bool shapes_between(const struct group *g, size_t at,
                           uint32_t out[BETWEEN_MAX], uint32_t *n)
{
    *n = 0;
    for (size_t i = index_of(g, at) + 1; i < index_of(g, at + 1); i++) {
        uint32_t shape = g->unit->list.v[i].shape;

        if (has_shape(out, *n, shape))
            continue;
        if (*n >= BETWEEN_MAX)
            return false;
        out[(*n)++] = shape;
    }
    return true;
}

/* May the next execution, with these shapes before it, be of the run? */
static bool belongs(const struct loops *l, struct run *r,
                    const uint32_t *shapes, uint32_t n)
{
    bool may_learn = r->n < l->minimum;
    uint32_t known = r->n_between;

    for (uint32_t i = 0; i < n; i++) {
        if (has_shape(r->between, r->n_between, shapes[i]))
            continue;
        /* What came before the first is what repeats the whole. */
        bool again = r->n > 1 && shapes[i] == r->before;
        if (again || !may_learn || r->n_between >= BETWEEN_MAX) {
            r->n_between = known;
            return false;
        }
        r->between[r->n_between++] = shapes[i];
    }
    return true;
}

static void begin_run(const struct group *g, struct run *r, size_t at)
{
    size_t i = index_of(g, at);

    *r = (struct run){.first = at, .n = 1, .before = NO_SHAPE};
    if (i > 0)
        r->before = g->unit->list.v[i - 1].shape;
}

/* ---- a run becomes a loop ---- */

static uint32_t count_distinct(struct loops *l, const struct group *g,
                               const struct run *r, bool keys)
{
    uint32_t distinct = 0;

    vec_clear(&l->hashes);
    for (size_t i = 0; i < r->n; i++) {
        const struct execution *e = nth(g, r->first + i);

        vec_push(&l->hashes, keys ? e->keys : e->values);
    }
    qsort(l->hashes.v, l->hashes.n, sizeof(*l->hashes.v), compare_u64);
    for (size_t i = 0; i < l->hashes.n; i++)
        distinct += i == 0 || l->hashes.v[i] != l->hashes.v[i - 1];
    return distinct;
}

static struct tl_execution told(const struct loops *l,
                                const struct execution *e)
{
    struct tl_execution out = {.span = e->span, .start_ms = -1, .ms = e->ms};

    if (l->base_us != EVENT_NO_TIME && e->start_us >= l->base_us)
        out.start_ms = (double)(e->start_us - l->base_us) / 1000;
    return out;
}

static void sum_times(const struct group *g, const struct run *r,
                      struct raw_loop *out)
{
    double pauses = 0;
    size_t n = 0;

    out->total_ms = out->think_ms = -1;
    for (size_t i = 0; i < r->n; i++) {
        const struct execution *e = nth(g, r->first + i);
        size_t at = index_of(g, r->first + i);

        if (e->ms >= 0)
            out->total_ms = (out->total_ms < 0 ? 0 : out->total_ms) + e->ms;
        if (i == 0 || at == 0)
            continue;
        const struct execution *before = &g->unit->list.v[at - 1];
        if (before->end_us == EVENT_NO_TIME || e->start_us == EVENT_NO_TIME)
            continue;
        int64_t pause = e->start_us - before->end_us;
        pauses += pause > 0 ? (double)pause / 1000 : 0;
        n++;
    }
    if (n)
        out->think_ms = pauses / (double)n;
}

static bool writes_to(const struct tl_shape *writer,
                      const struct tl_shape *reader)
{
    for (uint32_t i = 0; i < writer->n_tables; i++)
        for (uint32_t k = 0; k < reader->n_tables; k++)
            if (writer->tables[i].written &&
                tl_str_eq(writer->tables[i].name.name,
                          reader->tables[k].name.name))
                return true;
    return false;
}

static void find_parents(const struct group *g, const struct run *r,
                         struct raw_loop *out)
{
    const struct loops *l = g->loops;
    size_t start = index_of(g, r->first);

    for (size_t back = 1; back <= CANDIDATES_MAX && back <= start; back++) {
        const struct execution *e = &g->unit->list.v[start - back];
        const struct shape_extra *extra = &l->shapes->extras.v[e->shape];

        if (e->shape == out->shape || (!extra->is_select && !extra->returning))
            continue;
        out->parents[out->n_parents++] = (struct loop_parent){
            .shape = e->shape,
            .between = has_shape(r->between, r->n_between, e->shape),
            .rows = e->rows,
            .at = told(l, e),
        };
    }
}

static enum tl_window window_of(const struct group *g, const struct run *r)
{
    uint64_t first = nth(g, r->first)->transaction;

    if (g->unit->traced)
        return TL_WINDOW_TRACE;
    return first && first == nth(g, r->first + r->n - 1)->transaction
               ? TL_WINDOW_TRANSACTION
               : TL_WINDOW_SESSION;
}

static bool all_known(const struct group *g, const struct run *r)
{
    for (size_t i = 0; i < r->n; i++)
        if (!nth(g, r->first + i)->known)
            return false;
    return true;
}

/* Does the one before or behind it in the unit share its transaction? */
static bool has_company(const struct unit_of_work *u, size_t at)
{
    uint64_t id = u->list.v[at].transaction;

    return id && ((at > 0 && u->list.v[at - 1].transaction == id) ||
                  (at + 1 < u->list.n && u->list.v[at + 1].transaction == id));
}

static enum alone alone_of(const struct group *g, const struct run *r)
{
    enum alone least = ALONE_YES;

    for (size_t i = 0; i < r->n && least != ALONE_NO; i++) {
        size_t at = index_of(g, r->first + i);

        if (g->unit->list.v[at].alone < least)
            least = g->unit->list.v[at].alone;
        if (has_company(g->unit, at))
            least = ALONE_NO;
    }
    return least;
}

/* In a busy pool any query may run before any other: when places become too
   many, what ran before and between no longer tells them apart. */
static uint64_t key_of(const struct raw_loop *raw, bool crowded)
{
    uint64_t parts[2 + CANDIDATES_MAX + BETWEEN_MAX] = {raw->shape};
    size_t n = 1;

    /* How the values vary is part of the verdict, so of the place too. */
    parts[n++] = (uint64_t)raw->window << 8 |
                 (uint64_t)(raw->distinct > 1) << 1 | (raw->distinct > 0);
    for (uint32_t i = 0; i < raw->n_parents && !crowded; i++)
        parts[n++] = raw->parents[i].shape;
    for (uint32_t i = 0; i < raw->n_between && !crowded; i++)
        parts[n++] = (uint64_t)raw->between[i] | (uint64_t)1 << 40;
    return XXH3_64bits(parts, n * sizeof(*parts)) | 1;
}

static size_t place_of(const struct loops *l, uint64_t key)
{
    size_t at = (size_t)key & (l->table_size - 1);

    while (l->table[at] && l->raw.v[l->table[at] - 1].key != key)
        at = (at + 1) & (l->table_size - 1);
    return at;
}

static void grow(struct loops *l)
{
    l->table_size = l->table_size ? l->table_size * 2 : 64;
    mem_free(l->table);
    l->table = mem_calloc(l->table_size, sizeof(*l->table));
    for (size_t i = 0; i < l->raw.n; i++)
        l->table[place_of(l, l->raw.v[i].key)] = (uint32_t)i + 1;
}

bool loop_is_better(const struct raw_loop *a, const struct raw_loop *b)
{
    if (a->n != b->n)
        return a->n > b->n;
    if (a->first.span.source != b->first.span.source)
        return a->first.span.source < b->first.span.source;
    return a->first.span.start < b->first.span.start;
}

static void name_unit(const struct loops *l, const struct unit_of_work *u,
                      struct raw_loop *raw)
{
    struct tl_str application = {u->application, u->application_n};
    struct tl_str tag = {u->tag, u->tag_n};

    raw->application =
        arena_str(l->arena, application.n ? application : TL_NONE);
    raw->tag = arena_str(l->arena, tag.n ? tag : TL_NONE);
}

/* What is told of the run where it stands for its place. */
static void complete(const struct group *g, const struct run *r,
                     struct raw_loop *raw)
{
    struct loops *l = g->loops;
    int64_t begin = nth(g, r->first)->start_us;

    name_unit(l, g->unit, raw);
    if (!raw->runs)
        raw->runs = ARENA_ARRAY(l->arena, struct tl_run, TL_LOOP_RUNS);
    raw->n_runs = raw->n < TL_LOOP_RUNS ? raw->n : TL_LOOP_RUNS;
    for (uint32_t i = 0; i < raw->n_runs; i++) {
        const struct execution *e = nth(g, r->first + i);
        bool timed = begin != EVENT_NO_TIME && e->start_us >= begin;

        raw->runs[i].after_ms =
            timed ? (float)(e->start_us - begin) / 1000.0F : -1;
        raw->runs[i].ms = (float)e->ms;
    }
}

static void add_occurrence(const struct group *g, const struct run *r,
                           struct raw_loop *old, struct raw_loop *raw)
{
    raw->occurrences = old->occurrences + 1;
    raw->all_ms = old->all_ms + (raw->total_ms > 0 ? raw->total_ms : 0);
    if (loop_is_better(raw, old)) {
        raw->runs = old->runs;
        complete(g, r, raw);
        *old = *raw;
        return;
    }
    old->occurrences = raw->occurrences;
    old->all_ms = raw->all_ms;
}

static void keep(const struct group *g, const struct run *r,
                 struct raw_loop *raw)
{
    struct loops *l = g->loops;

    if (l->raw.n * 2 >= l->table_size)
        grow(l);
    raw->key = key_of(raw, l->raw.n >= RAW_CROWDED);
    size_t at = place_of(l, raw->key);
    if (l->table[at]) {
        add_occurrence(g, r, &l->raw.v[l->table[at] - 1], raw);
        return;
    }
    if (l->raw.n >= RAW_MAX) {
        l->dropped += raw->n;
        return;
    }
    raw->occurrences = 1;
    raw->all_ms = raw->total_ms > 0 ? raw->total_ms : 0;
    complete(g, r, raw);
    vec_push(&l->raw, *raw);
    l->table[at] = (uint32_t)l->raw.n;
}

/* Is it a loop of a kind that is told? The verdict is link.c's. */
static bool may_tell(const struct loops *l, const struct raw_loop *raw)
{
    enum tl_shape_class class = l->shapes->list.v[raw->shape].class;

    return raw->distinct == 1 ||
           (class != TL_CLASS_RANGE && class != TL_CLASS_SCAN);
}

static void end_run(const struct group *g, const struct run *r)
{
    struct loops *l = g->loops;

    if (r->n < l->minimum)
        return;
    struct raw_loop raw = {.shape = nth(g, r->first)->shape,
                           .n = (uint32_t)r->n,
                           .first = told(l, nth(g, r->first)),
                           .last = told(l, nth(g, r->first + r->n - 1)),
                           .window = window_of(g, r),
                           .alone = alone_of(g, r),
                           .n_between = r->n_between};
    memcpy(raw.between, r->between, sizeof(raw.between));
    if (all_known(g, r)) {
        raw.distinct = count_distinct(l, g, r, false);
        raw.distinct_keys = count_distinct(l, g, r, true);
    }
    if (may_tell(l, &raw))
        l->repeated += raw.n - 1;
    sum_times(g, r, &raw);
    for (uint32_t i = 0; i < r->n_between; i++)
        raw.wrote_between |= writes_to(&l->shapes->list.v[r->between[i]],
                                       &l->shapes->list.v[raw.shape]);
    find_parents(g, r, &raw);
    keep(g, r, &raw);
}

static void find_runs(const struct group *g)
{
    uint32_t between[BETWEEN_MAX];
    uint32_t n;
    struct run r;

    begin_run(g, &r, 0);
    for (size_t i = 0; i + 1 < g->n; i++) {
        bool few = shapes_between(g, i, between, &n);

        if (few && belongs(g->loops, &r, between, n)) {
            r.n++;
            continue;
        }
        end_run(g, &r);
        begin_run(g, &r, i + 1);
    }
    end_run(g, &r);
}

/* ---- a unit ---- */

static bool may_loop(const struct tl_shape *s)
{
    switch (s->class) {
    case TL_CLASS_BATCH:
    case TL_CLASS_INSERT_MANY:
    case TL_CLASS_WRITE:
    case TL_CLASS_OTHER:
        return false;
    default:
        return true;
    }
}

static int compare_start(const void *a, const void *b)
{
    const struct execution *x = a;
    const struct execution *y = b;

    if (x->start_us != y->start_us)
        return x->start_us < y->start_us ? -1 : 1;
    if (x->span.start != y->span.start)
        return x->span.start < y->span.start ? -1 : 1;
    return 0;
}

void loops_unit(struct loops *l, const struct unit_of_work *u)
{
    size_t n = u->list.n;

    l->repeated = 0;
    if (n < l->minimum)
        return;
    /* Connections of one trace tell their executions as they end. */
    if (u->traced)
        qsort(u->list.v, n, sizeof(*u->list.v), compare_start);
    for (size_t i = 0; i < n && l->base_us == EVENT_NO_TIME; i++)
        if (u->list.v[i].start_us != EVENT_NO_TIME)
            l->base_us = u->list.v[i].start_us - (int64_t)86400 * 1000000;
    vec_clear(&l->order);
    for (size_t i = 0; i < n; i++)
        vec_push(&l->order, (uint64_t)u->list.v[i].shape << 32 | i);
    qsort(l->order.v, n, sizeof(*l->order.v), compare_u64);
    for (size_t i = 0; i < n;) {
        uint64_t shape = l->order.v[i] >> 32;
        size_t end = i;

        while (end < n && l->order.v[end] >> 32 == shape)
            end++;
        struct group g = {l, u, l->order.v + i, end - i};
        if (g.n >= l->minimum && may_loop(&l->shapes->list.v[shape]))
            find_runs(&g);
        i = end;
    }
}
