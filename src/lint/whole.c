/*
 * whole.c - does an UPDATE or DELETE with a WHERE read its table whole?
 *
 * Said only where it is plain: every column that the WHERE names is known, and
 * of the table's own none is one that an index begins with or is about. To be
 * equal to a column of another table in FROM or USING is no restriction: where
 * nothing restricts that one, the rows of both are read and joined by a hash.
 */
#include "lint/linter.h"
#include "schema/store.h"

static const struct tl_node *where_of(const struct tl_tree *tree,
                                      const struct tl_op *op)
{
    if (op->node->kind == TL_KIND(UPDATE_STMT))
        return tl_find_wrapped(
            tree, op->node,
            TL_AS(UPDATE_STMT, UpdateStmt, op->node)->where_clause);
    if (op->node->kind == TL_KIND(DELETE_STMT))
        return tl_find_wrapped(
            tree, op->node,
            TL_AS(DELETE_STMT, DeleteStmt, op->node)->where_clause);
    return NULL;
}

/* A b-tree's later columns find nothing by themselves; others may. */
static bool serves(const struct index_row *x, struct tl_str column)
{
    uint32_t n = tl_str_is(x->index.method, "btree") ? 1 : x->index.n_keys;

    for (uint32_t i = 0; i < n && i < x->index.n_keys; i++)
        if (tl_str_eq(x->index.keys[i].column, column))
            return true;
    return list_has(x->used, x->n_used, column);
}

static bool is_served(struct tl_schema s, const struct tl_relation *table,
                      struct tl_str column)
{
    const struct object *o = store_object(s.catalog, table->id);

    for (const struct index_row *x = o ? o->first_index : NULL; x; x = x->next)
        if (tl_alive(&x->index.row, s) && serves(x, column))
            return true;
    return false;
}

/* "column = column of another item of FROM", which must hold. */
static bool is_join(const struct tl_op *op, const struct tl_predicate *p)
{
    return p->select == op->node && p->wrap == TL_WRAP_NONE &&
           tl_str_is(p->op, "=") && p->value_is_column && !p->negated &&
           !p->under_or;
}

/* Has the table few rows for all that is known? */
static bool may_be_small(struct tl_ctx *c, const struct tl_relation *r)
{
    return r->kind != TL_TABLE || r->incomplete || r->uncertain ||
           tl_table_is_new(c, r->name) != TL_NO ||
           tl_table_is_empty(c, r->name) == TL_YES ||
           tl_has_one_row(c, r->name);
}

static bool has_limit(const struct tl_tree *tree, const struct tl_op *op)
{
    TL_EACH(tree, op->node, TL_KIND(SELECT_STMT), n)
        if (TL_AS(SELECT_STMT, SelectStmt, n)->limit_count)
            return true;
    return false;
}

/* May an index find the other tables' rows, or are some enough: is there a test
   of one but to join it? */
static bool others_are_restricted(struct tl_ctx *c, const struct tl_op *op,
                                  const struct tl_relation *table)
{
    uint32_t n;
    const struct tl_predicate *p = tl_predicates(c, &n);

    if (has_limit(tl_tree(c), op))
        return true;
    for (uint32_t i = 0; i < n; i++) {
        const struct tl_relation *r = p[i].ref.relation;

        if (!r || (r->id != table->id && may_be_small(c, r)))
            return true;
        if (r->id != table->id && !is_join(op, &p[i]) &&
            is_served(tl_before(c), r, p[i].ref.column))
            return true;
    }
    return false;
}

/* Is the column, which an index begins with, only joined by? */
static bool only_joins(struct tl_ctx *c, const struct tl_op *op,
                       const struct tl_relation *table,
                       const struct tl_node *column)
{
    uint32_t n;
    const struct tl_predicate *p = tl_predicates(c, &n);
    const struct tl_predicate *end = p + n;
    struct tl_column_ref other;

    while (p < end && (p->column != column || !is_join(op, p)))
        p++;
    return p < end && p->value->kind == TL_KIND(COLUMN_REF) &&
           tl_resolve_column(c, p->value, &other) && other.relation &&
           other.relation->id != table->id;
}

bool reads_whole(struct tl_ctx *c, const struct tl_op *op)
{
    bool changes = op->kind == TL_OP_UPDATE || op->kind == TL_OP_DELETE;
    const struct tl_relation *table =
        changes && op->has_where ? tl_relation(c, op->table) : NULL;
    bool compares = false;
    bool joins = false;

    if (!table || table->kind != TL_TABLE || table->incomplete ||
        table->uncertain || !op->node)
        return false;
    const struct tl_tree *tree = tl_tree(c);
    const struct tl_node *where = where_of(tree, op);
    if (!where)
        return false;
    TL_EACH(tree, where, TL_KIND(COLUMN_REF), n) {
        struct tl_column_ref ref;

        if (!tl_resolve_column(c, n, &ref) || !ref.relation)
            return false;
        if (ref.relation->id != table->id)
            continue;
        if (!ref.definition)
            return false;
        if (is_served(tl_before(c), table, ref.column)) {
            if (!only_joins(c, op, table, n))
                return false;
            joins = true;
        }
        compares = true;
    }
    return compares && !(joins && others_are_restricted(c, op, table));
}
