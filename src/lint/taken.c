/*
 * taken.c - the locks that a file's statements take, for rules about the
 * transaction as a whole.
 */
#include "lint/linter.h"
#include "schema/effect.h"
#include "schema/store.h"

/* A file that locks more is not judged by its transactions any further: rules
   look through all of them with each statement. */
#define MAX_TAKEN 10000
/* ... and where they are only told. */
#define MAX_TOLD 100000
/* What one op names twice it names soon again; of partitions it has many. */
#define MAX_MERGED 32
/* Partitions are nested, but not in a circle that never ends. */
#define MAX_DEPTH 16

struct taking {
    struct tl_ctx *ctx;
    const struct tl_op *op;
    struct tl_schema before;
    bool own_taken;
    bool perhaps;
};

void taken_clear(struct tl_linter *l)
{
    vec_clear(&l->taken);
    vec_clear(&l->perhaps);
    vec_clear(&l->added);
    arena_clear(&l->taken_names);
}

static bool is_kept(const struct taking *t, enum tl_lock lock)
{
    return lock > TL_ROW_EXCLUSIVE || t->op->kind == TL_OP_UPDATE ||
           t->op->kind == TL_OP_DELETE || t->ctx->linter->options.record_steps;
}

/* The same relation twice in one op: the stronger lock is what it takes. */
static bool merge(struct tl_linter *l, const struct tl_op *op,
                  struct tl_name name, enum tl_lock lock)
{
    for (size_t i = l->taken.n; i > 0 && l->taken.n - i < MAX_MERGED; i--) {
        struct tl_taken_lock *t = &l->taken.v[i - 1];

        if (t->statement != l->statement || t->at.start != op->span.start ||
            t->op != op->kind)
            return false;
        if (!tl_name_eq(t->table, name))
            continue;
        if (t->lock < lock)
            t->lock = lock;
        return true;
    }
    return false;
}

static bool makes_it(const struct tl_op *op, struct tl_name name)
{
    switch (op->kind) {
    case TL_OP_CREATE_TABLE:
    case TL_OP_CREATE_TABLE_AS:
    case TL_OP_CREATE_VIEW:
    case TL_OP_CREATE_MATVIEW:
    case TL_OP_CREATE_SEQUENCE:
        return tl_str_eq(op->table.name, name.name) &&
               (!op->table.schema.n ||
                tl_str_eq(op->table.schema, name.schema));
    default:
        return false;
    }
}

static bool is_in_use(const struct taking *t, struct tl_name name)
{
    const struct tl_relation *r = tl_find_relation(t->before, name, NULL);

    if (!r)
        return !makes_it(t->op, name);
    /* What seemed to speak of it before was of something else. */
    if (t->op->kind == TL_OP_CREATE_TABLE && !t->op->if_not_exists &&
        makes_it(t->op, name))
        return false;
    return !r->temporary && !tl_is_made_here(t->ctx, &r->row);
}

/* Does the transaction drop it, and be it with the table that it is a part
   of? */
static bool is_doomed(const struct taking *t, const struct tl_relation *rel,
                      struct tl_name name)
{
    if (t->op->kind == TL_OP_DROP_TABLE && rel && rel->parent) {
        const struct tl_relation *whole =
            tl_find_relation(t->before, t->op->table, NULL);

        for (unsigned depth = 0; whole && rel && depth < MAX_DEPTH; depth++) {
            if (rel->parent == whole->id)
                return true;
            rel = tl_relation_by_id(t->before, rel->parent);
        }
    }
    return tl_is_dropped_later(t->ctx, name);
}

static bool names_index(const struct tl_op *op)
{
    return op->kind == TL_OP_DROP_INDEX ||
           (op->kind == TL_OP_REINDEX && tl_str_is(op->value, "index"));
}

static void take(void *arg, struct tl_name name, enum tl_lock lock)
{
    struct taking *t = arg;
    struct tl_linter *l = t->ctx->linter;
    int64_t timeout = l->txn.settings.now.lock_timeout;
    bool own = !t->own_taken;

    t->own_taken = true;
    size_t max = l->options.record_steps ? MAX_TOLD : MAX_TAKEN;

    if (!is_kept(t, lock) || l->taken.n >= max || l->perhaps.n >= max ||
        (!t->perhaps && merge(l, t->op, name, lock)))
        return;
    const struct tl_relation *rel = tl_find_relation(t->before, name, NULL);
    bool in_use = is_in_use(t, name);

    const struct tl_taken_lock taken = {
        .relation = rel ? rel->id : 0,
        .owner = rel && rel->kind == TL_SEQUENCE
                     ? sequence_owner(t->before, rel->id)
                     : 0,
        .table = {arena_str(&l->taken_names, name.schema),
                  arena_str(&l->taken_names, name.name)},
        .lock = lock,
        .op = t->op->kind,
        .index = names_index(t->op)
                     ? arena_str(&l->taken_names, t->op->table.name)
                     : TL_NONE,
        .effect = t->op->effect,
        .in_use = in_use,
        .own = own,
        .tableless = names_index(t->op) && own &&
                     !tl_find_index(t->before, t->op->table),
        .doomed =
            in_use && lock == TL_ACCESS_EXCLUSIVE && is_doomed(t, rel, name),
        .has_where = t->op->has_where,
        .timed = timeout > 0,
        .down = t->ctx->down,
        .transaction = l->txn.number,
        .statement = l->statement,
        .at = t->op->span};

    if (t->perhaps)
        vec_push(&l->perhaps, taken);
    else
        vec_push(&l->taken, taken);
}

/* Values that one transaction adds to enums; more nobody writes. */
#define MAX_ADDED 1000

static bool was_added_to(const struct tl_linter *l, struct tl_str type)
{
    for (size_t i = l->added.n;
         i > 0 && l->added.v[i - 1].transaction == l->txn.number; i--)
        if (tl_str_eq(l->added.v[i - 1].type, type))
            return true;
    return false;
}

/* A value of a type that this transaction makes may be used at once. With each
   value the type becomes a new row, of this transaction. */
static void add_value(struct tl_linter *l, const struct tl_op *op)
{
    const struct type_row *type =
        store_find_type(l->catalog, op->table, l->statement);
    bool is_new = type && type->row.transaction == l->txn.number;

    if (!op->value.n || (is_new && !was_added_to(l, op->table.name)))
        return;
    if (l->added.n > 0 && vec_last(&l->added)->transaction != l->txn.number)
        vec_clear(&l->added);
    if (l->added.n == MAX_ADDED)
        return;
    vec_push(&l->added,
             ((struct added_value){arena_str(&l->taken_names, op->table.name),
                                   arena_str(&l->taken_names, op->value),
                                   op->span, l->txn.number, l->statement}));
}

bool tl_enum_value_is_new(const struct tl_ctx *c, struct tl_str value,
                          struct tl_span *added)
{
    const struct tl_linter *l = c->linter;

    for (size_t i = 0; i < l->added.n; i++) {
        const struct added_value *v = &l->added.v[i];

        if (v->transaction != l->txn.number || v->statement >= l->statement ||
            !tl_str_eq(v->value, value))
            continue;
        *added = v->at;
        return true;
    }
    return false;
}

void taken_add(struct tl_ctx *c, const struct tl_op *op,
               struct tl_schema before)
{
    struct taking t = {.ctx = c, .op = op, .before = before};

    if (op->kind == TL_OP_ADD_ENUM_VALUE)
        add_value(c->linter, op);
    effect_locks(op, before, take, &t);
}

void taken_perhaps(struct tl_ctx *c, const struct tl_op *op,
                   struct tl_schema before)
{
    struct taking t = {.ctx = c, .op = op, .before = before, .perhaps = true};

    effect_locks(op, before, take, &t);
}

void taken_release(struct tl_linter *l, struct tl_span at)
{
    while (l->taken.n &&
           l->taken.v[l->taken.n - 1].transaction == l->txn.number &&
           l->taken.v[l->taken.n - 1].at.start > at.start)
        l->taken.n--;
}

static enum tl_lock strongest(const struct tl_ctx *c, struct tl_name name,
                              bool now)
{
    const struct tl_linter *l = c->linter;
    const struct tl_relation *r = tl_relation(c, name);
    enum tl_lock most = TL_LOCK_NONE;

    name = r ? r->name : name;
    for (size_t i = l->taken.n; i > 0; i--) {
        const struct tl_taken_lock *t = &l->taken.v[i - 1];

        if (t->transaction != l->txn.number)
            break;
        bool same = r && t->relation ? t->relation == r->id
                                     : tl_name_eq(t->table, name);

        if ((t->statement == l->statement) == now && t->lock > most && same)
            most = t->lock;
    }
    return most;
}

enum tl_lock tl_held_lock(const struct tl_ctx *c, struct tl_name name)
{
    return strongest(c, name, false);
}

enum tl_lock tl_statement_lock(const struct tl_ctx *c, struct tl_name name)
{
    return strongest(c, name, true);
}

const struct tl_taken_lock *tl_taken_locks(const struct tl_ctx *c, uint32_t *n)
{
    *n = (uint32_t)c->linter->taken.n;
    return c->linter->taken.v;
}
