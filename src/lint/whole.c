/*
 * whole.c - does an UPDATE or DELETE with a WHERE read its table whole?
 *
 * Said only where it is plain: every column that the WHERE names is known, and
 * of the table's own none is one that an index begins with or is about.
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

bool reads_whole(struct tl_ctx *c, const struct tl_op *op)
{
    bool changes = op->kind == TL_OP_UPDATE || op->kind == TL_OP_DELETE;
    const struct tl_relation *table =
        changes && op->has_where ? tl_relation(c, op->table) : NULL;
    bool compares = false;

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
        if (!ref.definition || is_served(tl_before(c), table, ref.column))
            return false;
        compares = true;
    }
    return compares;
}
