/*
 * effect_column.c - what ops on columns cost: new ones, new types, NOT NULL.
 *
 * A column that comes costs what its default and its constraints cost; one
 * that changes, what the types, indexes and checks make of the rows.
 */
#include "schema/effect_column.h"

#include "schema/effect_type.h"
#include "schema/store.h"

static const struct tl_column *column_of(const struct effect_look *k)
{
    return k->table ? tl_find_column(k->before, k->table, k->op->column) : NULL;
}

/* A domain's constraints are checked for every row, which rewrites it. */
static bool is_constrained_domain(const struct effect_look *k,
                                  const struct tl_type *type)
{
    const struct type_row *t =
        store_find_type(k->before.catalog, type->name, k->before.at);

    return t && t->kind == TYPE_DOMAIN && (t->n_checks || t->not_null);
}

static void add_constraint_cost(const struct tl_constraint_def *c,
                                bool has_value, struct tl_effect *e)
{
    switch (c->kind) {
    case TL_CHECK:
        e->scan = true;
        return;
    case TL_PRIMARY_KEY:
    case TL_UNIQUE:
    case TL_EXCLUDE:
        e->scan = e->index_build = true;
        return;
    case TL_FOREIGN_KEY:
        e->referenced_lock = TL_SHARE_ROW_EXCLUSIVE;
        /* A column of NULLs refers to nothing. */
        e->scan |= has_value;
        return;
    }
}

void effect_add_column(const struct effect_look *k, struct tl_effect *e)
{
    const struct tl_column_def *c = &k->op->columns[0];
    bool exists = k->table && tl_find_column(k->before, k->table, c->name);

    if (k->op->if_not_exists && exists)
        return;
    bool volatile_default =
        c->has_default && (c->default_volatility == TL_VOLATILE ||
                           c->default_volatility == TL_VOLATILITY_UNKNOWN);
    e->rewrite = c->serial || c->identity || c->generated_stored ||
                 volatile_default || is_constrained_domain(k, &c->type);
    bool has_value = c->has_default || e->rewrite;
    for (uint32_t i = 0; i < k->op->n_constraints; i++)
        add_constraint_cost(&k->op->constraints[i], has_value, e);
    e->scan |= e->rewrite;
    e->index_build |= e->rewrite;
}

static bool uses_column(const struct index_row *x, struct tl_str column)
{
    for (uint32_t i = 0; i < x->n_used; i++)
        if (tl_str_eq(x->used[i], column))
            return true;
    return false;
}

static bool is_key(const struct tl_index *x, struct tl_str column)
{
    for (uint32_t i = 0; i < x->n_keys; i++)
        if (x->keys[i].column.n && tl_str_eq(x->keys[i].column, column))
            return true;
    return false;
}

/*
 * A change that keeps the rows as they are still builds indexes anew whose
 * expression or predicate names the column, and every one of its indexes when
 * the order of values changes.
 */
static bool rebuilds_index(const struct effect_look *k, bool new_order)
{
    struct object *o = store_object(k->before.catalog, k->table->id);

    for (struct index_row *x = o ? o->first_index : NULL; x; x = x->next)
        if (tl_alive(&x->index.row, k->before) &&
            (uses_column(x, k->op->column) ||
             (new_order && is_key(&x->index, k->op->column))))
            return true;
    return false;
}

/* CHECKs that name the column are checked again. */
static bool rechecks(const struct effect_look *k)
{
    TL_EACH_CONSTRAINT(k->before, k->table, c)
        for (uint32_t i = 0; c->kind == TL_CHECK && i < c->n_columns; i++)
            if (tl_str_eq(c->columns[i], k->op->column))
                return true;
    return false;
}

bool effect_is_foreign_key(const struct effect_look *k)
{
    TL_EACH_CONSTRAINT(k->before, k->table, c)
        for (uint32_t i = 0; c->kind == TL_FOREIGN_KEY && i < c->n_columns; i++)
            if (tl_str_eq(c->columns[i], k->op->column))
                return true;
    return false;
}

/* A key goes with exactly its own columns. */
static bool points_at_key(const struct effect_look *k,
                          const struct tl_constraint *fk)
{
    const struct tl_constraint *key =
        tl_find_constraint(k->before, k->table, k->op->name);

    if (!key || (key->kind != TL_PRIMARY_KEY && key->kind != TL_UNIQUE) ||
        key->n_columns != fk->n_ref_columns)
        return false;
    for (uint32_t i = 0; i < key->n_columns; i++)
        if (!list_has(fk->ref_columns, fk->n_ref_columns, key->columns[i]))
            return false;
    return true;
}

bool effect_takes_incoming(const struct effect_look *k,
                           const struct tl_constraint *fk)
{
    const struct tl_op *op = k->op;

    if (op->kind == TL_OP_DROP_CONSTRAINT)
        return op->cascade && points_at_key(k, fk);
    return (op->kind == TL_OP_ALTER_COLUMN_TYPE ||
            (op->kind == TL_OP_DROP_COLUMN && op->cascade)) &&
           list_has(fk->ref_columns, fk->n_ref_columns, op->column);
}

bool effect_has_incoming(const struct effect_look *k)
{
    const struct object *o = store_object(k->before.catalog, k->table->id);

    for (const struct constraint_row *r = o ? o->incoming : NULL; r;
         r = r->next_incoming)
        if (tl_alive(&r->con.row, k->before) &&
            effect_takes_incoming(k, &r->con))
            return true;
    return false;
}

/* A domain is stored as what it is made of. */
static struct tl_type stored_type(const struct effect_look *k,
                                  const struct tl_type *type)
{
    struct tl_type t = *type;

    for (unsigned i = 0; i < STORE_MAX_DEPTH; i++) {
        const struct type_row *row =
            store_find_type(k->before.catalog, t.name, k->before.at);

        if (!row || row->kind != TYPE_DOMAIN || t.dimensions)
            return t;
        t = row->base;
    }
    return t;
}

/* By its name "default" a column has the collation of its type, too. */
static bool same_collation(struct tl_str a, struct tl_str b)
{
    const struct tl_str of_type = TL_STR("default");

    return tl_str_eq(a.n ? a : of_type, b.n ? b : of_type);
}

/*
 * Foreign keys of the column and those that point at it are made anew,
 * whatever the types are, which shuts the table on their other side. They are
 * checked again where the rows are written or the values compare otherwise.
 */
void effect_alter_type(const struct effect_look *k, struct tl_effect *e)
{
    const struct tl_column *old = column_of(k);
    bool keys =
        k->table && (effect_is_foreign_key(k) || effect_has_incoming(k));

    if (keys)
        e->referenced_lock = TL_ACCESS_EXCLUSIVE;
    if (!old || !old->type.name.name.n) {
        e->rewrite = e->scan = e->index_build = true;
        return;
    }
    struct tl_type from = stored_type(k, &old->type);
    struct tl_type to = stored_type(k, &k->op->type);
    enum type_change change = effect_type_change(
        &from, &to, k->server.version >= 12 && k->server.utc);

    e->rewrite = change == TYPE_REWRITTEN || effect_using_computes(k->op) ||
                 (is_constrained_domain(k, &k->op->type) &&
                  !tl_type_equal(&old->type, &k->op->type));
    if (e->rewrite) {
        e->scan = e->index_build = true;
        return;
    }
    bool new_order = change == TYPE_REORDERED ||
                     !same_collation(old->collation, k->op->value);
    e->index_build = rebuilds_index(k, new_order);
    e->scan = e->index_build || (keys && change == TYPE_REORDERED) ||
              (!tl_type_equal(&old->type, &k->op->type) && rechecks(k));
}

void effect_set_not_null(const struct effect_look *k, struct tl_effect *e)
{
    const struct tl_column *c = column_of(k);

    e->scan = true;
    if (c && c->not_null)
        e->scan = false;
    else if (k->table && k->server.version >= 12)
        e->scan =
            tl_column_is_not_null(k->before, k->table, k->op->column) != TL_YES;
}
