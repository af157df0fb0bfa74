/*
 * session.c - units of work: which executions belong together.
 *
 * One table holds connections and traces alike, oldest use first out. An
 * execution whose duration is not known yet waits in its connection for the
 * record that tells it; a plan waits for the execution it is of.
 */
#include "workload/session.h"

#include "base/xxh.h"

#define BUCKETS 8192u
#define SESSIONS_MAX 8192u
/* A unit that grows beyond this is judged in pieces. */
#define UNIT_MAX 16384u
/* An application that thinks longer than this between two queries has begun
   something else, unless a transaction says otherwise. */
#define PAUSE_US 100000
/* No record of a trace for this long: it has ended. */
#define TRACE_PAUSE_US 60000000

struct session {
    uint64_t key;
    struct session *chain;
    struct session *newer, *older;
    struct unit_of_work unit;
    uint64_t place; /* user, database, application, route */
    uint64_t open;  /* the transaction that BEGIN opened, or 0 */
    int64_t end_us; /* of its last execution */
    struct execution held;
    bool has_held;
    bool held_plan;    /* it was told by a plan */
    bool held_counted; /* no other record of the last execution may count */
    char trace[UNIT_TEXT_MAX]; /* of the held execution */
    size_t trace_n;
    uint32_t last_shape;
    struct open_transaction transaction;
};

void sessions_init(struct sessions *s, struct shapes *shapes,
                   void (*ended)(void *, const struct unit_of_work *),
                   void *arg)
{
    memset(s, 0, sizeof(*s));
    s->shapes = shapes;
    s->ended = ended;
    s->arg = arg;
    s->buckets = mem_calloc(BUCKETS, sizeof(*s->buckets));
    transactions_init(&s->transactions, shapes->arena, shapes);
}

/* ---- the table ---- */

static void end_unit(struct sessions *s, struct session *one)
{
    if (one->unit.list.n)
        s->ended(s->arg, &one->unit);
    vec_clear(&one->unit.list);
}

static void unlink_age(struct sessions *s, struct session *one)
{
    if (one->newer)
        one->newer->older = one->older;
    else
        s->newest = one->older;
    if (one->older)
        one->older->newer = one->newer;
    else
        s->oldest = one->newer;
    one->newer = one->older = NULL;
}

static void link_newest(struct sessions *s, struct session *one)
{
    one->older = s->newest;
    one->newer = NULL;
    if (s->newest)
        s->newest->newer = one;
    else
        s->oldest = one;
    s->newest = one;
}

static void let_go(struct sessions *s, struct session *one);

static struct session *find(struct sessions *s, uint64_t key)
{
    struct session **bucket = &s->buckets[key & (BUCKETS - 1)];
    struct session *one = *bucket;

    while (one && one->key != key)
        one = one->chain;
    if (one) {
        if (one != s->newest) {
            unlink_age(s, one);
            link_newest(s, one);
        }
        return one;
    }
    if (s->n >= SESSIONS_MAX)
        let_go(s, s->oldest);
    one = mem_calloc(1, sizeof(*one));
    one->key = key;
    one->end_us = EVENT_NO_TIME;
    one->last_shape = NO_SHAPE;
    one->chain = *bucket;
    *bucket = one;
    link_newest(s, one);
    s->n++;
    return one;
}

/* ---- into the unit ---- */

static bool long_pause(int64_t before, int64_t after, int64_t limit)
{
    return before != EVENT_NO_TIME && after != EVENT_NO_TIME &&
           after - before > limit;
}

static void push(struct sessions *s, struct session *to,
                 const struct execution *e)
{
    struct unit_of_work *u = &to->unit;
    int64_t limit = u->traced ? TRACE_PAUSE_US : PAUSE_US;
    bool same = u->list.n && e->transaction &&
                vec_last(&u->list)->transaction == e->transaction;

    if ((!same && long_pause(to->end_us, e->start_us, limit)) ||
        u->list.n >= UNIT_MAX)
        end_unit(s, to);
    vec_push(&u->list, *e);
    if (e->end_us != EVENT_NO_TIME)
        to->end_us = e->end_us;
}

static uint64_t trace_key(const char *trace, size_t n)
{
    return XXH3_64bits_withSeed(trace, n, 0x7472616365);
}

/* What is held goes where it belongs, as it is known now. */
static void settle(struct sessions *s, struct session *one)
{
    if (!one->has_held)
        return;
    one->has_held = false;
    struct stats_call call = {
        .ms = one->held.ms,
        .rows = one->held.rows,
        .time_us = one->held.end_us,
        .application = {one->unit.application, one->unit.application_n},
    };
    if (one->unit.tag_is_name)
        call.route = (struct tl_str){one->unit.tag, one->unit.tag_n};
    shapes_count(s->shapes, one->held.shape, &call, one->held.span);
    if (s->shapes->extras.v[one->held.shape].role != ROLE_QUERY)
        return;
    struct session *to = one;
    if (one->trace_n) {
        to = find(s, trace_key(one->trace, one->trace_n));
        if (!to->unit.traced) {
            to->unit.traced = true;
            memcpy(to->unit.application, one->unit.application,
                   sizeof(to->unit.application));
            to->unit.application_n = one->unit.application_n;
            memcpy(to->unit.tag, one->unit.tag, sizeof(to->unit.tag));
            to->unit.tag_n = one->unit.tag_n;
            to->unit.tag_is_name = one->unit.tag_is_name;
        }
    }
    push(s, to, &one->held);
}

static void let_go(struct sessions *s, struct session *one)
{
    struct session **at = &s->buckets[one->key & (BUCKETS - 1)];

    while (*at != one)
        at = &(*at)->chain;
    *at = one->chain;
    unlink_age(s, one);
    s->n--;
    /* Not in the table any more: settling may bring another one in. */
    settle(s, one);
    end_unit(s, one);
    vec_release(&one->unit.list);
    mem_free(one);
}

void sessions_end(struct sessions *s)
{
    /* All that is held first: it may belong to a trace that is open. The one
       being settled must be the newest, since settling may push others out. */
    for (size_t left = s->n; left > 0 && s->oldest; left--) {
        struct session *one = s->oldest;

        unlink_age(s, one);
        link_newest(s, one);
        settle(s, one);
    }
    while (s->oldest)
        let_go(s, s->oldest);
}

void sessions_release(struct sessions *s)
{
    while (s->oldest) {
        s->oldest->has_held = false;
        vec_clear(&s->oldest->unit.list);
        let_go(s, s->oldest);
    }
    transactions_release(&s->transactions);
    mem_free(s->buckets);
    s->buckets = NULL;
}

/* ---- from events ---- */

static uint64_t mix(uint64_t seed, struct tl_str text)
{
    return text.n ? XXH3_64bits_withSeed(text.p, text.n, seed) : seed + 1;
}

static struct session *session_of(struct sessions *s, uint32_t source,
                                  const struct event *e)
{
    uint64_t key = mix(source + (uint64_t)1, e->session);

    if (!e->session.n)
        key = mix(mix(mix(key, e->user), e->database), e->application);
    return find(s, key);
}

static void copy_text(char *to, size_t *n, struct tl_str from)
{
    *n = from.n < UNIT_TEXT_MAX ? from.n : UNIT_TEXT_MAX;
    if (*n)
        memcpy(to, from.p, *n);
}

/* Does the event come from another place than the ones before? */
static void look_at_place(struct sessions *s, struct session *one,
                          const struct event *e, const struct query_tags *t)
{
    uint64_t place = mix(mix(mix(1, e->user), e->database), e->application);

    place = mix(mix(mix(place, t->route), t->controller), t->trace);
    if (one->place == place)
        return;
    end_unit(s, one);
    one->place = place;
    copy_text(one->unit.application, &one->unit.application_n, e->application);
    one->unit.tag_n = tags_decode(t->route, one->unit.tag, UNIT_TEXT_MAX);
    one->unit.tag_is_name = one->unit.tag_n > 0;
    if (!one->unit.tag_is_name)
        copy_text(one->unit.tag, &one->unit.tag_n, t->trace);
}

/* "3/4465"; "3/0" says nothing. */
static uint64_t transaction_of(const struct session *one, const struct event *e)
{
    struct tl_str id = e->transaction;

    if (id.n > 2 && !(id.p[id.n - 1] == '0' && id.p[id.n - 2] == '/'))
        return mix(2, id) | 1;
    return one->open;
}

/* By the server's name of the transaction, where the log has one: a statement
   that is logged behind its commit has "3/0". Extended executions may share a
   transaction without BEGIN. */
static enum alone alone_of(const struct session *one, const struct event *e)
{
    struct tl_str id = e->transaction;

    if (one->open || e->kind != EVENT_EXECUTE)
        return ALONE_NO;
    if (id.n > 2) {
        bool none = id.p[id.n - 1] == '0' && id.p[id.n - 2] == '/';
        return !none || e->ms >= 0 ? ALONE_YES : ALONE_NO;
    }
    return e->session.n && e->protocol == PROTOCOL_SIMPLE ? ALONE_NO_SAY
                                                          : ALONE_NO;
}

/* The end of the value that begins at `at`, behind the last quote. */
static size_t parameter_end(struct tl_str p, size_t at)
{
    if (at >= p.n || p.p[at] != '\'') {
        const char *comma = memchr(p.p + at, ',', p.n - at);
        return comma ? (size_t)(comma - p.p) : p.n;
    }
    for (at++; at < p.n; at++) {
        if (p.p[at] != '\'')
            continue;
        if (at + 1 >= p.n || p.p[at + 1] != '\'')
            return at + 1;
        at++;
    }
    return p.n;
}

/* Of "$1 = 'a', $2 = NULL" those in the mask; everything that has another
   form. */
static uint64_t hash_keys(struct tl_str p, uint64_t mask)
{
    uint64_t hash = 3;
    size_t at = 0;

    if (!p.n || p.p[0] != '$')
        return mix(hash, p);
    while (at < p.n && p.p[at] == '$') {
        uint32_t number = 0;

        for (at++; at < p.n && p.p[at] >= '0' && p.p[at] <= '9'; at++)
            number = number > 6553 ? number
                                   : number * 10 + (uint32_t)(p.p[at] - '0');
        at = at + 3 < p.n ? at + 3 : p.n;
        size_t end = parameter_end(p, at);
        if (number >= 1 && number <= 64 && mask >> (number - 1) & 1)
            hash = mix(hash, (struct tl_str){p.p + at, end - at});
        at = end + 2;
    }
    return hash;
}

static void fill(struct execution *x, uint32_t source, const struct event *e,
                 struct shape_use use, const struct shape_extra *extra)
{
    *x = (struct execution){.span = e->span,
                            .start_us = e->time_us,
                            .end_us = e->time_us,
                            .ms = e->ms,
                            .rows = e->rows,
                            .shape = use.shape};
    x->span.source = source;
    if (e->ms > 0 && e->ms < 1e12 && e->time_us != EVENT_NO_TIME)
        x->start_us = e->time_us - (int64_t)(e->ms * 1000);
    x->known = !extra->has_params || (e->parameters.p && !e->parameters_cut);
    x->values = mix(use.values, e->parameters);
    x->keys = extra->has_params
                  ? use.values ^ hash_keys(e->parameters, extra->key_params)
                  : use.values;
}

static void hold(struct sessions *s, struct session *one, uint32_t source,
                 const struct event *e, const struct query_tags *tags,
                 struct shape_use use)
{
    bool plan = e->kind == EVENT_PLAN;

    /* The plan of an execution that was told just before. */
    if (plan && one->last_shape == use.shape && !one->held_plan &&
        !one->held_counted) {
        one->held_counted = true;
        if (one->has_held && one->held.rows < 0)
            one->held.rows = e->rows;
        return;
    }
    double rows = -1;
    bool planned = one->has_held && one->held_plan && !plan &&
                   one->held.shape == use.shape;
    if (planned) {
        rows = one->held.rows;
        one->has_held = false;
    }
    settle(s, one);
    look_at_place(s, one, e, tags);
    fill(&one->held, source, e, use, &s->shapes->extras.v[use.shape]);
    one->held.transaction = transaction_of(one, e);
    one->held.alone = alone_of(one, e);
    if (one->held.rows < 0)
        one->held.rows = rows;
    copy_text(one->trace, &one->trace_n, tags->trace);
    one->has_held = true;
    one->held_counted = planned;
    one->held_plan = plan;
    one->last_shape = use.shape;
}

static void add_error(struct sessions *s, struct session *one,
                      struct shape_use use)
{
    if (use.shape == NO_SHAPE)
        return;
    shapes_count_error(s->shapes, use.shape);
    /* It was told when it began, and is told now that it failed: once. What
       failed is tried again, and no loop. */
    if (one->has_held && one->held.shape == use.shape && one->held.ms < 0)
        one->has_held = false;
    settle(s, one);
    end_unit(s, one);
}

static void watch_transaction(struct sessions *s, struct session *one,
                              uint32_t source, const struct event *e,
                              struct shape_use use)
{
    const struct unit_of_work *u = &one->unit;
    struct transaction_owner owner = {
        .source = source,
        .application = {u->application, u->application_n},
        .tag = {u->tag, u->tag_is_name ? u->tag_n : 0}};

    transactions_event(&s->transactions, &one->transaction, &owner, e, use);
}

void sessions_add(struct sessions *s, uint32_t source, const struct event *e,
                  const struct query_tags *tags, struct shape_use use)
{
    struct session *one = session_of(s, source, e);

    watch_transaction(s, one, source, e, use);
    if (e->kind == EVENT_ERROR) {
        add_error(s, one, use);
        return;
    }
    switch (use.role) {
    case ROLE_BEGIN:
        settle(s, one);
        one->open = ++s->begins * 2;
        break;
    case ROLE_END:
    case ROLE_RESET:
        settle(s, one);
        end_unit(s, one);
        one->open = 0;
        break;
    case ROLE_QUERY:
    case ROLE_IGNORED:
        if (use.shape != NO_SHAPE) {
            hold(s, one, source, e, tags, use);
            return;
        }
        settle(s, one);
        break;
    }
    one->last_shape = NO_SHAPE;
    one->held_plan = false;
}

void sessions_duration(struct sessions *s, uint32_t source,
                       const struct event *e)
{
    struct session *one = session_of(s, source, e);

    transactions_ended(&one->transaction, e);
    if (!one->has_held || one->held.ms >= 0)
        return;
    one->held.ms = e->ms;
    if (e->time_us != EVENT_NO_TIME)
        one->held.end_us = e->time_us;
}

void sessions_fetch(struct sessions *s, uint32_t source, const struct event *e)
{
    transactions_ended(&session_of(s, source, e)->transaction, e);
}
