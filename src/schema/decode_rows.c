/*
 * decode_rows.c - what statements about rows read, lock and change.
 *
 * The statement's own table comes first, as the op that it is. The others that
 * stand in it are ops of their own: a WITH may change rows, too, and whatever
 * is read is locked against those who would drop it.
 */
#include "schema/decoder.h"

/* A statement that names more may say one twice. */
#define DISTINCT_MAX 256

/* SELECT set_config('search_path', '', false), as pg_dump begins. */
static bool set_config(struct decoder *d, const struct tl_node *node,
                       const PgQuery__SelectStmt *s)
{
    if (s->n_target_list != 1 || s->n_from_clause > 0 ||
        s->target_list[0]->node_case != TL_KIND(RES_TARGET))
        return false;

    const PgQuery__Node *val = s->target_list[0]->res_target->val;

    if (!val || val->node_case != TL_KIND(FUNC_CALL))
        return false;

    const PgQuery__FuncCall *f = val->func_call;

    if (!tl_str_is(decode_names(d, f->funcname, f->n_funcname).name,
                   "set_config") ||
        f->n_args != 3)
        return false;

    struct tl_op *op = decode_op(d, TL_OP_SET, node);

    op->name = decode_constant(d, f->args[0]);
    op->value = decode_constant(d, f->args[1]);
    op->local = tl_str_is(decode_constant(d, f->args[2]), "true") ||
                tl_str_is(decode_constant(d, f->args[2]), "t");
    return true;
}

/* Is it what a WITH calls one of its queries? In that query itself the name
   means a table still, unless it is recursive. */
static bool is_common_table(const struct decoder *d, const struct tl_node *n,
                            struct tl_name name)
{
    const struct tl_tree *t = d->tree;

    for (uint32_t i = 0; !name.schema.n && i < t->count; i++) {
        const struct tl_node *cte = &t->nodes[i];

        if (cte->kind != TL_KIND(COMMON_TABLE_EXPR) ||
            !tl_str_is(name.name,
                       TL_AS(COMMON_TABLE_EXPR, CommonTableExpr, cte)->ctename))
            continue;
        const struct tl_node *with = tl_ancestor(t, cte, TL_KIND(WITH_CLAUSE));
        if (!tl_inside(t, cte, n) ||
            (with && TL_AS(WITH_CLAUSE, WithClause, with)->recursive))
            return true;
    }
    return false;
}

/* ---- FOR UPDATE and its like ---- */

/* Does a clause lock what the query calls so, or all that it reads? */
static bool locks(const PgQuery__SelectStmt *s, struct tl_str called)
{
    for (size_t i = 0; i < s->n_locking_clause; i++) {
        const PgQuery__Node *clause = s->locking_clause[i];

        if (clause->node_case != TL_KIND(LOCKING_CLAUSE))
            continue;
        const PgQuery__LockingClause *c = clause->locking_clause;
        if (c->n_locked_rels == 0)
            return true;
        for (size_t k = 0; k < c->n_locked_rels; k++)
            if (c->locked_rels[k]->node_case == TL_KIND(RANGE_VAR) &&
                tl_str_is(called, c->locked_rels[k]->range_var->relname))
                return true;
    }
    return false;
}

static struct tl_str called(const PgQuery__Alias *alias, const char *name)
{
    return tl_str_c(alias && *alias->aliasname ? alias->aliasname : name);
}

/* A clause reaches into the queries that stand in FROM, no others. */
static enum tl_lock read_lock(const struct decoder *d, const struct tl_node *n)
{
    const struct tl_tree *t = d->tree;
    const PgQuery__RangeVar *r = TL_AS(RANGE_VAR, RangeVar, n);
    struct tl_str name = called(r->alias, r->relname);

    for (;;) {
        const struct tl_node *query = tl_ancestor(t, n, TL_KIND(SELECT_STMT));

        if (!query)
            return TL_ACCESS_SHARE;
        if (locks(TL_AS(SELECT_STMT, SelectStmt, query), name))
            return TL_ROW_SHARE;
        n = tl_parent(t, query);
        if (!n || n->kind != TL_KIND(RANGE_SUBSELECT))
            return TL_ACCESS_SHARE;
        name = called(TL_AS(RANGE_SUBSELECT, RangeSubselect, n)->alias, "");
    }
}

/* ---- the ops ---- */

static struct tl_op *change(struct decoder *d, const struct tl_node *node,
                            enum tl_op_kind kind, const PgQuery__RangeVar *r,
                            bool has_where)
{
    struct tl_op *op = decode_op(d, kind, node);

    op->table = decode_range(r);
    op->has_where = has_where;
    return op;
}

/* The op of a statement that changes rows, or false. */
static bool changed(struct decoder *d, const struct tl_node *node)
{
    switch (node->kind) {
    case TL_KIND(INSERT_STMT):
        change(d, node, TL_OP_INSERT,
               TL_AS(INSERT_STMT, InsertStmt, node)->relation, false);
        return true;
    case TL_KIND(UPDATE_STMT): {
        const PgQuery__UpdateStmt *s = TL_AS(UPDATE_STMT, UpdateStmt, node);

        change(d, node, TL_OP_UPDATE, s->relation, s->where_clause != NULL);
        return true;
    }
    case TL_KIND(DELETE_STMT): {
        const PgQuery__DeleteStmt *s = TL_AS(DELETE_STMT, DeleteStmt, node);

        change(d, node, TL_OP_DELETE, s->relation, s->where_clause != NULL);
        return true;
    }
    case TL_KIND(MERGE_STMT):
        change(d, node, TL_OP_INSERT,
               TL_AS(MERGE_STMT, MergeStmt, node)->relation, true);
        return true;
    case TL_KIND(COPY_STMT): {
        const PgQuery__CopyStmt *s = TL_AS(COPY_STMT, CopyStmt, node);

        change(d, node, s->is_from ? TL_OP_COPY_FROM : TL_OP_SELECT,
               s->relation, s->where_clause != NULL);
        return true;
    }
    default:
        return false;
    }
}

/* Is the table one that the statement has an op for? A stronger lock of what
   is only read goes into that op. */
static bool is_given(struct decoder *d, size_t first, struct tl_name table,
                     enum tl_lock lock)
{
    size_t n = d->ops.n - first;

    for (size_t i = 0; i < n && i < DISTINCT_MAX; i++) {
        struct tl_op *op = &d->ops.v[first + i];

        if (!tl_name_eq(op->table, table))
            continue;
        if (op->kind == TL_OP_SELECT && op->lock_mode < lock)
            op->lock_mode = lock;
        return true;
    }
    return false;
}

static bool is_read(const struct decoder *d, const struct tl_node *n)
{
    const struct tl_node *parent = tl_parent(d->tree, n);

    if (n->kind != TL_KIND(RANGE_VAR) || !parent)
        return false;
    switch (parent->kind) {
    case TL_KIND(INTO_CLAUSE):
    case TL_KIND(LOCKING_CLAUSE):
        return false;
    case TL_KIND(INSERT_STMT):
        return false;
    case TL_KIND(UPDATE_STMT):
        return (const void *)n->msg !=
               TL_AS(UPDATE_STMT, UpdateStmt, parent)->relation;
    case TL_KIND(DELETE_STMT):
        return (const void *)n->msg !=
               TL_AS(DELETE_STMT, DeleteStmt, parent)->relation;
    case TL_KIND(MERGE_STMT):
        return (const void *)n->msg !=
               TL_AS(MERGE_STMT, MergeStmt, parent)->relation;
    case TL_KIND(COPY_STMT):
        return false;
    default:
        return true;
    }
}

/* What else stands in the statement. */
static void others(struct decoder *d, const struct tl_node *node, size_t first)
{
    for (uint32_t i = tl_index(d->tree, node) + 1; i < node->end; i++) {
        const struct tl_node *n = &d->tree->nodes[i];

        if (changed(d, n) || !is_read(d, n))
            continue;
        const PgQuery__RangeVar *r = TL_AS(RANGE_VAR, RangeVar, n);
        struct tl_name table = decode_range(r);
        enum tl_lock lock = read_lock(d, n);

        if (is_common_table(d, n, table) || is_given(d, first, table, lock))
            continue;
        struct tl_op *op = decode_op(d, TL_OP_SELECT, node);
        op->table = table;
        op->lock_mode = lock;
    }
}

static bool selected(struct decoder *d, const struct tl_node *node)
{
    if (node->kind != TL_KIND(SELECT_STMT))
        return false;
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);
    struct tl_op *op;

    if (set_config(d, node, s))
        return true;
    op = decode_op(d, TL_OP_SELECT, node);
    op->has_where = s->where_clause != NULL;
    if (s->n_from_clause == 0 ||
        s->from_clause[0]->node_case != TL_KIND(RANGE_VAR))
        return true;
    const struct tl_node *n =
        tl_find(d->tree, node, &s->from_clause[0]->range_var->base);
    struct tl_name table = decode_range(s->from_clause[0]->range_var);
    if (n && !is_common_table(d, n, table)) {
        op->table = table;
        op->lock_mode = read_lock(d, n);
    }
    return true;
}

bool decode_rows(struct decoder *d, const struct tl_node *node)
{
    size_t first = d->ops.n;

    if (!selected(d, node) && !changed(d, node))
        return false;
    others(d, node, first);
    return true;
}
