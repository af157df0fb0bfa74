/*
 * transactions.c - transactions that stay open while nothing runs, or long.
 */
#include "workload/transactions.h"

#include "base/xxh.h"

#include <strings.h>

/* log_min_duration_statement counts whole milliseconds: who logs a faster
   statement logs all. */
#define QUICK_MS 1
/* One BEGIN in a transaction is a mistake, several are a sample. */
#define NESTED_MIN 2
#define NESTED_SHARE 50

void transactions_init(struct transactions *t, struct arena *arena,
                       const struct shapes *shapes)
{
    memset(t, 0, sizeof(*t));
    t->arena = arena;
    t->shapes = shapes;
}

void transactions_release(struct transactions *t)
{
    vec_release(&t->list);
    vec_release(&t->habits);
}

/* ---- what a log shows ---- */

const struct log_habits *transactions_habits(const struct transactions *t,
                                             uint32_t source)
{
    static const struct log_habits none = {0};

    return source < t->habits.n ? &t->habits.v[source] : &none;
}

static struct log_habits *habits_of(struct transactions *t, uint32_t source)
{
    while (t->habits.n <= source)
        vec_push(&t->habits, (struct log_habits){0});
    return &t->habits.v[source];
}

static bool may_be_sample(const struct log_habits *h)
{
    return h->nested > 0 && h->nested * NESTED_SHARE >= h->begins;
}

bool log_is_sample(const struct log_habits *h)
{
    return h->server && h->nested >= NESTED_MIN && may_be_sample(h);
}

/* ---- telling ---- */

static uint64_t hash_pair(const struct open_transaction *o, bool pause)
{
    uint64_t pair[3] = {pause ? o->before.shape : o->first.shape,
                        pause ? o->after.shape : NO_SHAPE, pause};

    return XXH3_64bits(pair, sizeof(pair));
}

static bool is_written(const struct tl_name *list, uint32_t n,
                       struct tl_name name)
{
    for (uint32_t i = 0; i < n; i++)
        if (tl_str_eq(list[i].name, name.name) &&
            tl_str_eq(list[i].schema, name.schema))
            return true;
    return false;
}

/* The tables that those queries wrote. */
static void tell_written(const struct transactions *t,
                         const struct open_transaction *o, uint32_t n,
                         struct tl_transaction *out)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct tl_shape *s = &t->shapes->list.v[o->writers[i]];

        out->locks |= s->locking;
        for (uint32_t k = 0; k < s->n_tables; k++)
            if (s->tables[k].written && out->n_written < TL_WRITTEN_MAX &&
                !is_written(out->written, out->n_written, s->tables[k].name))
                out->written[out->n_written++] = s->tables[k].name;
    }
}

static const struct tl_shape *shape_at(const struct transactions *t,
                                       const struct query_place *p)
{
    return p->shape == NO_SHAPE ? NULL : &t->shapes->list.v[p->shape];
}

static struct tl_str keep(const struct transactions *t, struct tl_str s)
{
    return arena_str(t->arena, s.n ? s : TL_NONE);
}

static void describe(const struct transactions *t,
                     const struct open_transaction *o,
                     const struct transaction_owner *owner, int64_t end_us,
                     struct tl_transaction *out)
{
    bool pause = o->pause_us >= (int64_t)TL_PAUSE_MS * 1000;

    *out = (struct tl_transaction){
        .before = shape_at(t, pause ? &o->before : &o->first),
        .before_at = pause ? o->before.span : o->first.span,
        .pause_ms = pause ? (double)o->pause_us / 1000 : -1,
        .total_ms = (double)(end_us - o->begin_us) / 1000,
        .longest_ms = (double)o->longest_us / 1000,
        .statements = o->statements,
        .application = keep(t, owner->application),
        .tag = keep(t, owner->tag)};
    if (pause) {
        out->after = shape_at(t, &o->after);
        out->after_at = o->after.span;
    }
    tell_written(t, o, pause ? o->n_writers_before : o->n_writers, out);
}

static struct tl_transaction *find(struct transactions *t, uint64_t hash)
{
    for (size_t i = 0; i < t->list.n; i++)
        if (t->list.v[i].hash == hash)
            return &t->list.v[i];
    if (t->list.n >= TRANSACTIONS_MAX)
        return NULL;
    vec_push(&t->list, (struct tl_transaction){.hash = hash, .total_ms = -1});
    return vec_last(&t->list);
}

/* Of two the longer is told; of equal ones the first. */
static double length_of(const struct tl_transaction *one)
{
    return one->pause_ms >= 0 ? one->pause_ms : one->total_ms;
}

static void tell(struct transactions *t, const struct open_transaction *o,
                 const struct transaction_owner *owner, int64_t end_us)
{
    bool pause = o->pause_us >= (int64_t)TL_PAUSE_MS * 1000;
    bool is_long = end_us - o->begin_us >= (int64_t)TL_TRANSACTION_MS * 1000;
    struct tl_transaction found;

    if (o->first.shape == NO_SHAPE || (!pause && !is_long))
        return;
    struct tl_transaction *one = find(t, hash_pair(o, pause));
    if (!one)
        return;
    one->n++;
    describe(t, o, owner, end_us, &found);
    if (one->before && length_of(&found) <= length_of(one))
        return;
    found.hash = one->hash;
    found.n = one->n;
    *one = found;
}

/* ---- events ---- */

static int64_t start_of(const struct event *e)
{
    return e->ms > 0 && e->ms < 1e12 ? e->time_us - (int64_t)(e->ms * 1000)
                                     : e->time_us;
}

/* Of a statement that is told when it begins, the end comes later. */
static int64_t end_of(const struct event *e)
{
    return e->ms >= 0 || e->kind != EVENT_EXECUTE ? e->time_us : EVENT_NO_TIME;
}

/* Does the text hold another statement behind the first? */
static bool has_more(struct tl_str sql)
{
    const char *end = sql.n ? memchr(sql.p, ';', sql.n) : NULL;

    for (; end && end < sql.p + sql.n; end++)
        if (*end != ';' && *end != ' ' && *end != '\n' && *end != '\r')
            return true;
    return false;
}

static void begin(struct transactions *t, struct open_transaction *o,
                  uint32_t source, const struct event *e)
{
    struct log_habits *h = habits_of(t, source);
    /* An application's own trace leaves nothing out for being quick. */
    bool quick = e->ms < QUICK_MS || e->protocol == PROTOCOL_UNKNOWN;

    h->begins++;
    if (o->open && h->nested++ == 0) {
        h->first_nested = e->span;
        h->first_nested.source = source;
    }
    h->all_begins |= quick;
    h->server |= e->protocol != PROTOCOL_UNKNOWN;
    *o = (struct open_transaction){
        .open = quick && !has_more(e->sql),
        .begin_us = start_of(e),
        .start_us = start_of(e),
        .end_us = end_of(e),
        .first.shape = NO_SHAPE,
        .last.shape = NO_SHAPE,
    };
}

/* What lies between the last statement and one that begins now. */
static void look_back(struct open_transaction *o, int64_t start_us,
                      struct query_place after)
{
    int64_t end_us = o->end_us == EVENT_NO_TIME ? start_us : o->end_us;

    if (end_us - o->start_us > o->longest_us)
        o->longest_us = end_us - o->start_us;
    if (o->last.shape == NO_SHAPE || start_us - end_us <= o->pause_us)
        return;
    o->pause_us = start_us - end_us;
    o->before = o->last;
    o->after = after;
    o->n_writers_before = o->n_writers;
}

static void add_writer(const struct transactions *t, struct open_transaction *o,
                       uint32_t shape)
{
    const struct tl_shape *s = &t->shapes->list.v[shape];
    bool writes = s->locking;

    for (uint32_t i = 0; i < s->n_tables; i++)
        writes |= s->tables[i].written;
    for (uint32_t i = 0; i < o->n_writers; i++)
        writes &= o->writers[i] != shape;
    if (writes && o->n_writers < WRITERS_MAX)
        o->writers[o->n_writers++] = shape;
}

static void ran(const struct transactions *t, struct open_transaction *o,
                uint32_t source, const struct event *e, struct shape_use use)
{
    struct query_place place = {use.shape, e->span};
    bool query = use.role == ROLE_QUERY && use.shape != NO_SHAPE;

    place.span.source = source;
    if (!query)
        place.shape = NO_SHAPE;
    look_back(o, start_of(e), place);
    o->start_us = start_of(e);
    o->end_us = end_of(e);
    o->statements++;
    if (!query)
        return;
    o->last = place;
    if (o->first.shape == NO_SHAPE)
        o->first = place;
    add_writer(t, o, use.shape);
}

static bool is_prepared_commit(struct tl_str sql)
{
    static const char words[] = "prepare transaction";

    return sql.n >= sizeof(words) - 1 &&
           strncasecmp(sql.p, words, sizeof(words) - 1) == 0;
}

/* Is it still the transaction that began? The server's own name of it says
   so, where the log has one. */
static bool same_transaction(struct open_transaction *o, const struct event *e)
{
    struct tl_str id = e->transaction;

    if (id.n < 3 || (id.p[id.n - 1] == '0' && id.p[id.n - 2] == '/'))
        return true;
    uint64_t hash = XXH3_64bits(id.p, id.n) | 1;
    if (!o->id)
        o->id = hash;
    return o->id == hash;
}

static void end(struct transactions *t, struct open_transaction *o,
                const struct transaction_owner *owner, const struct event *e)
{
    look_back(o, start_of(e), (struct query_place){.shape = NO_SHAPE});
    tell(t, o, owner, e->time_us);
    o->open = false;
}

void transactions_event(struct transactions *t, struct open_transaction *o,
                        const struct transaction_owner *owner,
                        const struct event *e, struct shape_use use)
{
    if (!e->session.n || e->time_us == EVENT_NO_TIME)
        return;
    if (e->kind == EVENT_PLAN) {
        transactions_ended(o, e);
        return;
    }
    if (use.role == ROLE_BEGIN && e->kind == EVENT_EXECUTE) {
        begin(t, o, owner->source, e);
        return;
    }
    if (!o->open)
        return;
    /* After an error it holds nothing any more. */
    if (e->kind == EVENT_ERROR || use.role == ROLE_RESET ||
        is_prepared_commit(e->sql) || !same_transaction(o, e))
        o->open = false;
    else if (use.role == ROLE_END)
        end(t, o, owner, e);
    else
        ran(t, o, owner->source, e, use);
}

void transactions_ended(struct open_transaction *o, const struct event *e)
{
    if (!o->open || e->time_us == EVENT_NO_TIME)
        return;
    if (e->kind == EVENT_FETCH && e->ms < 0) {
        o->start_us = e->time_us;
        o->end_us = EVENT_NO_TIME;
    } else if (e->kind == EVENT_FETCH || o->end_us == EVENT_NO_TIME) {
        o->end_us = e->time_us;
    }
}

void transactions_finish(struct transactions *t)
{
    size_t n = 0;

    for (size_t i = 0; i < t->list.n; i++) {
        uint32_t source = t->list.v[i].before_at.source;

        if (!may_be_sample(transactions_habits(t, source)))
            t->list.v[n++] = t->list.v[i];
    }
    t->list.n = n;
}
