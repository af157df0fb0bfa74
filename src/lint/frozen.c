/*
 * frozen.c - the state between two files of a history, as bytes.
 *
 * What a file begins anew is not in it: locks, settings, an open transaction,
 * what can be rolled back.
 */
#include "lint/cache.h"

#include "base/codec.h"
#include "schema/freeze.h"

/* So that numbers of statements have room to rise. */
#define STATEMENTS_MAX (UINT32_MAX / 2)

struct state {
    uint32_t inputs; /* that led to it */
    uint32_t statement;
    uint32_t transaction;
    struct walk_state walk;
    VEC(struct dropped_index) dropped;
    struct masks *masks;
    struct past past;
    struct catalog *catalog;
};

const struct statement_range *
frozen_statements(const struct tl_linter *l, const struct input *in, size_t *n)
{
    uint32_t id = in->source.id;

    if (!l->past || id + 1 >= l->past->from.n) {
        *n = in->statements.n;
        return in->statements.v;
    }
    *n = l->past->from.v[id + 1] - l->past->from.v[id];
    return *n ? l->past->ranges.v + l->past->from.v[id] : NULL;
}

static void code_number(struct codec *c, uint32_t *n)
{
    code_u32(c, n);
    if (*n > STATEMENTS_MAX)
        codec_fail(c);
}

static void code_walk(struct codec *c, struct walk_state *w,
                      struct input *const *inputs, uint32_t n)
{
    uint32_t up = w->up ? w->up->source.id + 1 : 0;

    code_u32(c, &up);
    if (up > n)
        codec_fail(c);
    else
        w->up = up ? inputs[up - 1] : NULL;
    code_number(c, &w->up_number);
    code_number(c, &w->up_transaction);
    code_number(c, &w->up_from);
    code_number(c, &w->up_to);
}

static void code_dropped(struct codec *c, struct state *s,
                         struct freeze_sources sources)
{
    uint32_t n = (uint32_t)s->dropped.n;

    code_count(c, &n);
    for (uint32_t i = 0; i < n && !c->failed; i++) {
        struct dropped_index d = {0};

        if (!c->reading)
            d = s->dropped.v[i];
        code_u32(c, &d.index);
        freeze_span(c, &d.at, sources);
        code_bool(c, &d.if_exists);
        code_bool(c, &d.one_of_many);
        if (c->reading)
            vec_push(&s->dropped, d);
    }
}

/* Places and numbers of an input's statements rise; what is written is how
   far. */
static void code_range(struct codec *c, struct statement_range *r,
                       const struct statement_range *last)
{
    uint64_t start = r->start - last->end;
    uint64_t length = r->end - r->start;
    uint32_t numbers = r->last_number - last->last_number;

    code_u64(c, &start);
    code_u64(c, &length);
    code_u32(c, &numbers);
    r->start = last->end + start;
    r->end = r->start + length;
    r->last_number = last->last_number + numbers;
}

static void write_past(struct tl_linter *l, struct codec *c, uint32_t inputs)
{
    uint32_t number = 0;

    for (uint32_t i = 0; i < inputs; i++) {
        struct statement_range last = {0, 0, number};
        size_t n = 0;
        const struct statement_range *v =
            frozen_statements(l, l->inputs.v[i], &n);
        uint32_t count = (uint32_t)n;

        code_count(c, &count);
        for (size_t k = 0; k < n; k++) {
            struct statement_range r = v[k];

            code_range(c, &r, &last);
            last = r;
        }
        number = last.last_number;
    }
}

static void read_past(struct codec *c, struct past *past,
                      struct freeze_sources sources)
{
    uint32_t number = 0;

    for (uint32_t i = 0; i < sources.n && !c->failed; i++) {
        struct statement_range last = {0, 0, number};
        uint32_t n = 0;

        vec_push(&past->from, (uint32_t)past->ranges.n);
        code_count(c, &n);
        for (; n > 0 && !c->failed; n--) {
            struct statement_range r = {0, 0, 0};

            code_range(c, &r, &last);
            if (r.start < last.end || r.end < r.start ||
                r.end > sources.length[i] || r.last_number < last.last_number)
                codec_fail(c);
            vec_push(&past->ranges, r);
            last = r;
        }
        number = last.last_number;
    }
    vec_push(&past->from, (uint32_t)past->ranges.n);
}

/* All but the statements, which stand behind it. */
static void code_state(struct codec *c, struct state *s,
                       struct input *const *inputs,
                       struct freeze_sources sources)
{
    uint32_t n = s->inputs;

    code_u32(c, &n);
    if (n != s->inputs)
        codec_fail(c);
    code_number(c, &s->statement);
    code_number(c, &s->transaction);
    code_walk(c, &s->walk, inputs, s->inputs);
    code_dropped(c, s, sources);
    masks_code(c, &s->masks);
}

void frozen_write(struct tl_linter *l, const struct walk_state *walk,
                  uint32_t inputs, struct codec *c)
{
    struct freeze_sources none = {0};
    struct state s = {.inputs = inputs,
                      .statement = l->statement,
                      .transaction = l->txn.number,
                      .walk = *walk,
                      .masks = l->masks};

    s.dropped.v = l->dropped_down.v;
    s.dropped.n = l->dropped_down.n;
    code_state(c, &s, l->inputs.v, none);
    write_past(l, c, inputs);
    catalog_freeze(l->catalog, c);
}

void frozen_release(struct tl_linter *l)
{
    if (!l->past)
        return;
    vec_release(&l->past->ranges);
    vec_release(&l->past->from);
}

static void release(struct state *s)
{
    masks_free(s->masks);
    vec_release(&s->dropped);
    vec_release(&s->past.ranges);
    vec_release(&s->past.from);
    catalog_destroy(s->catalog);
}

static void adopt(struct tl_linter *l, struct state *s, struct walk_state *walk)
{
    *walk = s->walk;
    l->statement = s->statement;
    l->txn.number = s->transaction;
    vec_release(&l->dropped_down);
    l->dropped_down.v = s->dropped.v;
    l->dropped_down.n = s->dropped.n;
    l->dropped_down.cap = s->dropped.cap;
    masks_free(l->masks);
    l->masks = s->masks;
    catalog_destroy(l->catalog);
    l->catalog = s->catalog;
    l->past = ARENA_NEW(&l->arena, struct past);
    *l->past = s->past;
}

bool frozen_read(struct tl_linter *l, struct walk_state *walk, uint32_t inputs,
                 struct tl_str bytes)
{
    struct state s = {.inputs = inputs, .catalog = catalog_create()};
    size_t *length = ARENA_ARRAY(&l->arena, size_t, inputs + 1);
    struct freeze_sources sources = {length, inputs};
    struct codec c;

    for (uint32_t i = 0; i < inputs; i++)
        length[i] = input_length(l->inputs.v[i]);
    codec_read(&c, bytes);
    code_state(&c, &s, l->inputs.v, sources);
    read_past(&c, &s.past, sources);
    bool ok = catalog_thaw(s.catalog, &c, sources) && codec_is_done(&c) &&
              s.statement >= catalog_last_statement(s.catalog);
    if (ok)
        adopt(l, &s, walk);
    else
        release(&s);
    codec_release(&c);
    return ok;
}
