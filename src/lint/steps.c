/*
 * steps.c - what each statement locks, kept for those who ask after the run.
 */
#include "lint/linter.h"

static struct tl_effect sum(const struct op_list *ops)
{
    struct tl_effect e = {.transaction_ok = TL_YES};

    for (uint32_t i = 0; i < ops->n; i++) {
        const struct tl_effect *o = &ops->ops[i].effect;

        e.lock = o->lock > e.lock ? o->lock : e.lock;
        e.referenced_lock = o->referenced_lock > e.referenced_lock
                                ? o->referenced_lock
                                : e.referenced_lock;
        e.rewrite |= o->rewrite;
        e.scan |= o->scan;
        e.index_build |= o->index_build;
        if (o->transaction_ok == TL_NO)
            e.transaction_ok = TL_NO;
    }
    return e;
}

static uint64_t lets_go(const struct tl_ctx *c)
{
    const struct txn_savepoint *s = txn_savepoint_now(&c->linter->txn);
    const struct op_list *ops = &c->unit->ops;

    return ops->n && s && ops->ops[0].kind == TL_OP_ROLLBACK &&
                   tl_str_is(ops->ops[0].value, "to savepoint")
               ? s->at.start
               : 0;
}

static bool merge(struct tl_step_lock *locks, uint32_t n,
                  const struct tl_taken_lock *t)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!tl_name_eq(locks[i].table, t->table))
            continue;
        if (locks[i].lock < t->lock)
            locks[i].lock = t->lock;
        return true;
    }
    return false;
}

static bool is_of_index(const struct tl_taken_lock *t)
{
    return t->own && !t->relation && t->index.n;
}

/* IF EXISTS: the history shows that it is gone. */
static bool is_gone(const struct tl_ctx *c, const struct tl_taken_lock *t)
{
    enum tl_know known;

    return c->unit->ops.ops[0].if_exists && !t->relation &&
           !tl_find_relation(tl_before(c), t->table, &known) && known == TL_NO;
}

/* As it stands in the file, where a template is a part of it. */
static struct tl_name shown(struct tl_ctx *c, struct tl_name name)
{
    struct tl_str schema;
    bool lost;

    if (split_is_mask(name.schema)) {
        schema =
            masks_show(c, tl_printf(c, "%.*s.x", TL_FMT(name.schema)), &lost);
        schema.n -= schema.n >= 2 ? 2 : schema.n;
    } else {
        schema = arena_str(&c->linter->arena, name.schema);
    }
    struct tl_str text =
        masks_show(c, arena_str(&c->linter->arena, name.name), &lost);
    return (struct tl_name){schema, text};
}

/* Adds what the statement at hand took of the list to its step's locks. */
static void add_locks(struct tl_ctx *c, struct tl_step *step,
                      struct tl_step_lock *locks,
                      const struct tl_taken_lock *taken, size_t n)
{
    struct tl_linter *l = c->linter;

    for (size_t i = 0; i < n; i++) {
        const struct tl_taken_lock *t = &taken[i];

        if (is_gone(c, t) || merge(locks, step->n_locks, t))
            continue;
        locks[step->n_locks++] = (struct tl_step_lock){
            {arena_str(&l->arena, t->table.schema),
             arena_str(&l->arena, t->table.name)},
            t->lock,
            t->in_use,
            is_of_index(t),
            is_of_index(t) && c->unit->ops.ops[0].if_exists};
    }
}

static void set_locks(struct tl_ctx *c, struct tl_step *step)
{
    struct tl_linter *l = c->linter;
    size_t first = l->taken.n;

    while (first > 0 && l->taken.v[first - 1].statement == l->statement)
        first--;
    struct tl_step_lock *locks = ARENA_ARRAY(&l->arena, struct tl_step_lock,
                                             l->taken.n - first + l->perhaps.n);

    if (first < l->taken.n)
        add_locks(c, step, locks, l->taken.v + first, l->taken.n - first);
    if (l->perhaps.n)
        add_locks(c, step, locks, l->perhaps.v, l->perhaps.n);
    vec_clear(&l->perhaps);
    for (uint32_t i = 0; i < step->n_locks; i++)
        locks[i].table = shown(c, locks[i].table);
    step->locks = locks;
}

/* A DO block that is not PL/pgSQL, builds SQL as it runs, or holds what does
   not parse. */
static bool hides(const struct unit *u)
{
    if (!u->ops.n || u->ops.ops[0].kind != TL_OP_DO)
        return false;
    for (uint32_t i = 0; i < u->n_body; i++)
        if (!u->body[i].parse.ok)
            return true;
    return !u->has_body || u->body_is_dynamic;
}

void step_add(struct tl_ctx *c, uint32_t transaction)
{
    struct tl_linter *l = c->linter;
    struct tl_step step = {.at = tl_statement_span(c),
                           .effect = sum(&c->unit->ops),
                           .in_transaction = tl_in_transaction(c),
                           .transaction = transaction,
                           .down = c->down,
                           .hidden = hides(c->unit),
                           .lets_go = lets_go(c)};

    set_locks(c, &step);
    vec_push(&l->steps, step);
}

void step_add_inner(struct tl_ctx *c)
{
    struct tl_linter *l = c->linter;
    struct tl_step step = {.at = tl_statement_span(c),
                           .effect = sum(&c->unit->ops),
                           .in_transaction = TL_YES,
                           .transaction = l->txn.number,
                           .down = c->down,
                           .in_block = true,
                           .perhaps = c->unit->runs != PLPGSQL_ALWAYS};

    if (!c->unit->parse.ok)
        return;
    set_locks(c, &step);
    if (step.n_locks)
        vec_push(&l->steps, step);
}

size_t tl_step_count(const struct tl_linter *l)
{
    return l->steps.n;
}

const struct tl_step *tl_step_at(const struct tl_linter *l, size_t i)
{
    return i < l->steps.n ? &l->steps.v[i] : NULL;
}
