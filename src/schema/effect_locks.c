/*
 * effect_locks.c - which relations an op's locks stand on.
 */
#include "schema/effect.h"
#include "schema/effect_column.h"
#include "schema/store.h"

struct saying {
    struct tl_schema before;
    effect_lock_fn *say;
    void *arg;
};

static void say(const struct saying *s, struct tl_name name, enum tl_lock lock)
{
    const struct tl_relation *rel;

    if (lock == TL_LOCK_NONE || name.name.n == 0)
        return;
    rel = tl_find_relation(s->before, name, NULL);
    if (rel)
        name = rel->name;
    else if (!name.schema.n)
        name.schema = store_creation_schema(s->before.catalog);
    s->say(s->arg, name, lock);
}

static void say_partitions(const struct saying *s, uint32_t parent,
                           enum tl_lock lock, bool only_default, unsigned depth)
{
    const struct object *o = store_object(s->before.catalog, parent);

    if (depth == 0)
        return;
    const struct edge *e = NULL;

    if (o)
        e = only_default ? o->default_edges : o->edges;
    for (; e; e = only_default ? e->next_default : e->next) {
        const struct tl_relation *child;

        if (e->kind != EDGE_PARTITION || !tl_alive(&e->row, s->before))
            continue;
        child = tl_relation_by_id(s->before, e->to);
        if (!child)
            continue;
        say(s, child->name, lock);
        say_partitions(s, child->id, lock, false, depth - 1);
    }
}

/* Deeper partitioning than this is nobody's, but a loop in hostile input. */
#define MAX_PARTITION_DEPTH 16
/* Keys may point in circles. */
#define MAX_CASCADE_DEPTH 4

static bool reaches_partitions(const struct tl_op *op)
{
    switch (op->kind) {
    case TL_OP_ADD_COLUMN:
    case TL_OP_DROP_COLUMN:
    case TL_OP_RENAME_COLUMN:
    case TL_OP_ALTER_COLUMN_TYPE:
    case TL_OP_SET_DEFAULT:
    case TL_OP_DROP_DEFAULT:
    case TL_OP_SET_NOT_NULL:
    case TL_OP_DROP_NOT_NULL:
    case TL_OP_ADD_CONSTRAINT:
    case TL_OP_DROP_CONSTRAINT:
    case TL_OP_DROP_TABLE:
    case TL_OP_TRUNCATE:
    case TL_OP_LOCK_TABLE:
        return true;
    case TL_OP_CREATE_INDEX:
        return !op->index->only;
    default:
        return false;
    }
}

static void say_domain(const struct saying *s, const struct tl_op *op)
{
    TL_EACH_RELATION(s->before, rel)
        TL_EACH_COLUMN(s->before, rel, c)
            if (tl_str_eq(c->type.name.name, op->table.name))
                say(s, rel->name, op->effect.lock);
}

static struct tl_name table_of_index(struct tl_schema s, struct tl_name name)
{
    const struct tl_index *x = tl_find_index(s, name);
    const struct tl_relation *rel =
        x ? tl_relation_by_id(s, x->relation) : NULL;

    return rel ? rel->name : name;
}

static void say_own(const struct saying *s, const struct tl_op *op)
{
    const struct tl_relation *rel;

    if (op->kind == TL_OP_ALTER_DOMAIN) {
        say_domain(s, op);
        return;
    }
    if (op->kind == TL_OP_DROP_INDEX || op->kind == TL_OP_REINDEX) {
        say(s, table_of_index(s->before, op->table), op->effect.lock);
        return;
    }
    say(s, op->table, op->effect.lock);
    rel = tl_find_relation(s->before, op->table, NULL);
    if (rel && rel->kind == TL_PARTITIONED_TABLE && reaches_partitions(op))
        say_partitions(s, rel->id, op->effect.lock, false, MAX_PARTITION_DEPTH);
}

/* DROP takes foreign keys along that point here, TRUNCATE their tables' rows;
   a TRUNCATE's reach goes on from there, as far as the keys do. */
static void say_cascade(const struct saying *s, uint32_t table,
                        enum tl_lock lock, bool goes_on, unsigned depth)
{
    const struct object *o = store_object(s->before.catalog, table);

    for (const struct constraint_row *r = o ? o->incoming : NULL; r && depth;
         r = r->next_incoming) {
        const struct tl_relation *from =
            tl_relation_by_id(s->before, r->con.relation);

        if (!from || !tl_alive(&r->con.row, s->before) || from->id == table)
            continue;
        say(s, from->name, lock);
        if (goes_on)
            say_cascade(s, from->id, lock, true, depth - 1);
    }
}

/* A row of the DEFAULT partition might belong to the new one. */
static void say_default_partition(const struct saying *s, struct tl_name parent)
{
    const struct tl_relation *rel = tl_find_relation(s->before, parent, NULL);

    if (rel)
        say_partitions(s, rel->id, TL_ACCESS_EXCLUSIVE, true,
                       MAX_PARTITION_DEPTH);
}

static void say_parents(const struct saying *s, const struct tl_op *op)
{
    for (uint32_t i = 0; i < op->n_parents; i++) {
        if (op->parents[i].kind != TL_PARENT_FROM)
            say(s, op->parents[i].table, op->effect.referenced_lock);
        if (op->parents[i].kind == TL_PARENT_PARTITION)
            say_default_partition(s, op->parents[i].table);
    }
}

/* Only the keys of what is dropped go: the column's, the one that is named. */
static bool goes_too(const struct tl_op *op, const struct tl_constraint *fk)
{
    if (op->kind == TL_OP_DROP_CONSTRAINT)
        return tl_str_eq(fk->name, op->name);
    if (op->kind == TL_OP_DROP_COLUMN || op->kind == TL_OP_ALTER_COLUMN_TYPE)
        return list_has(fk->columns, fk->n_columns, op->column);
    return true;
}

/* Keys of other tables that point at what is dropped or changed. */
static void say_incoming(const struct saying *s, const struct effect_look *k)
{
    const struct object *o =
        k->table ? store_object(s->before.catalog, k->table->id) : NULL;

    for (const struct constraint_row *r = o ? o->incoming : NULL; r;
         r = r->next_incoming) {
        const struct tl_relation *from =
            tl_relation_by_id(s->before, r->con.relation);

        if (from && tl_alive(&r->con.row, s->before) &&
            effect_takes_incoming(k, &r->con))
            say(s, from->name, k->op->effect.referenced_lock);
    }
}

/* By the name that it has now; it may be gone, and the key not yet. */
static void say_referenced(const struct saying *s,
                           const struct tl_constraint *fk, enum tl_lock lock)
{
    const struct tl_relation *rel =
        tl_relation_by_id(s->before, fk->ref_relation);

    if (rel || !fk->ref_relation)
        say(s, rel ? rel->name : fk->ref_table, lock);
}

/* What is dropped has keys and a parent that the statement does not name. */
static void say_dropped(const struct saying *s, const struct tl_op *op)
{
    enum tl_lock lock = op->effect.referenced_lock;
    const struct tl_relation *rel =
        tl_find_relation(s->before, op->table, NULL);
    const struct tl_relation *parent =
        rel ? tl_relation_by_id(s->before, rel->parent) : NULL;

    TL_EACH_CONSTRAINT(s->before, rel, c)
        if (c->kind == TL_FOREIGN_KEY && goes_too(op, c))
            say_referenced(s, c, lock);
    if (parent && op->kind == TL_OP_DROP_TABLE)
        say(s, parent->name, lock);
    say_incoming(
        s, &(struct effect_look){.op = op, .before = s->before, .table = rel});
}

void effect_locks(const struct tl_op *op, struct tl_schema before,
                  effect_lock_fn *say_one, void *arg)
{
    struct saying s = {before, say_one, arg};
    enum tl_lock lock = op->effect.referenced_lock;

    say_own(&s, op);
    if (op->cascade &&
        (op->kind == TL_OP_DROP_TABLE || op->kind == TL_OP_TRUNCATE)) {
        const struct tl_relation *rel =
            tl_find_relation(before, op->table, NULL);

        if (rel)
            say_cascade(&s, rel->id, op->effect.lock,
                        op->kind == TL_OP_TRUNCATE, MAX_CASCADE_DEPTH);
    }
    if (op->kind == TL_OP_ATTACH_PARTITION)
        say_default_partition(&s, op->table);
    if (lock == TL_LOCK_NONE)
        return;
    say(&s, op->other, lock);
    for (uint32_t i = 0; i < op->n_constraints; i++)
        say(&s, op->constraints[i].ref_table, lock);
    say_parents(&s, op);
    if (!op->n_constraints && !op->n_parents)
        say_dropped(&s, op);
}
