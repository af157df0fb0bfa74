/*
 * not-in-subquery - NOT IN (SELECT ...) finds nothing once the subquery gives
 * a NULL, and cannot become an anti join.
 */
#include <tusklint/rule.h>

struct not_in {
    const struct tl_node *not_node; /* the NOT */
    const struct tl_node *link;     /* SubLink */
    const struct tl_node *outer;    /* the tested expression */
    const struct tl_node *select;   /* the subquery */
    const struct tl_node *inner;    /* its only output, when it is a column */
};

static bool find(struct tl_ctx *ctx, const struct tl_node *node,
                 struct not_in *out)
{
    const struct tl_tree *t = tl_tree(ctx);
    const PgQuery__BoolExpr *e = TL_AS(BOOL_EXPR, BoolExpr, node);

    if (e->boolop != PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR || e->n_args != 1)
        return false;
    out->not_node = node;
    out->link = tl_find_wrapped(t, node, e->args[0]);
    if (!out->link || out->link->kind != TL_KIND(SUB_LINK))
        return false;
    const PgQuery__SubLink *s = TL_AS(SUB_LINK, SubLink, out->link);
    if (s->sub_link_type != PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK ||
        s->n_oper_name)
        return false;
    out->outer = tl_find_wrapped(t, out->link, s->testexpr);
    out->select = tl_find_wrapped(t, out->link, s->subselect);
    out->inner = NULL;
    if (!out->outer || !out->select ||
        out->select->kind != TL_KIND(SELECT_STMT))
        return false;
    const PgQuery__SelectStmt *sub =
        TL_AS(SELECT_STMT, SelectStmt, out->select);
    if (sub->n_target_list == 1 &&
        sub->target_list[0]->node_case == TL_KIND(RES_TARGET)) {
        const struct tl_node *v = tl_find_wrapped(
            t, out->select, sub->target_list[0]->res_target->val);

        out->inner = v && v->kind == TL_KIND(COLUMN_REF) ? v : NULL;
    }
    return true;
}

/* WHERE column IS NOT NULL, or one that is never NULL by the schema. */
static bool gives_no_null(struct tl_ctx *ctx, const struct not_in *n)
{
    struct tl_column_ref inner;
    uint32_t count;

    if (!n->inner || !tl_resolve_column(ctx, n->inner, &inner))
        return false;
    /* Keys of the server's own catalogs are never NULL. */
    if (inner.table.name.n > 3 && memcmp(inner.table.name.p, "pg_", 3) == 0)
        return true;
    if (inner.relation && !inner.relation->incomplete &&
        tl_column_is_not_null(tl_after(ctx), inner.relation, inner.column) ==
            TL_YES)
        return true;
    const struct tl_predicate *p = tl_predicates(ctx, &count);
    for (uint32_t i = 0; i < count; i++)
        if (p[i].select == n->select && !p[i].under_or &&
            tl_str_eq(p[i].ref.column, inner.column) &&
            p[i].ref.range == inner.range && p[i].wrap == TL_WRAP_NONE &&
            !tl_str_is(p[i].op, "is null") &&
            !tl_str_is(p[i].op, "is not distinct from"))
            return true;
    return false;
}

/* A column of a table that the history does not make, or of a trigger's
   transition table: whether it may be NULL nobody knows. */
static bool is_of_unknown_table(struct tl_ctx *ctx, const struct not_in *n)
{
    struct tl_column_ref inner;

    return n->inner && (!tl_resolve_column(ctx, n->inner, &inner) ||
                        !inner.relation || inner.relation->incomplete);
}

/* FROM, perhaps WHERE, and nothing else. */
static bool is_simple(const PgQuery__SelectStmt *s)
{
    return s->n_from_clause == 1 && !s->n_group_clause && !s->having_clause &&
           !s->n_distinct_clause && !s->limit_count && !s->limit_offset &&
           !s->n_values_lists && !s->with_clause && !s->n_locking_clause &&
           s->op == PG_QUERY__SET_OPERATION__SETOP_NONE &&
           s->from_clause[0]->node_case == TL_KIND(RANGE_VAR) &&
           !(s->from_clause[0]->range_var->alias &&
             s->from_clause[0]->range_var->alias->n_colnames);
}

/* Names must keep their meaning when the test moves into the subquery: the
   outer column has its table written before it. */
static bool is_qualified(const struct tl_node *n)
{
    return n->kind == TL_KIND(COLUMN_REF) &&
           TL_AS(COLUMN_REF, ColumnRef, n)->n_fields >= 2;
}

/* "returns AS r" */
static struct tl_str range_text(struct tl_ctx *ctx, const PgQuery__RangeVar *r)
{
    struct tl_name name = {tl_str_c(r->schemaname), tl_str_c(r->relname)};
    struct tl_str table = tl_full_name_text(ctx, name);
    const char *only = r->inh ? "" : "ONLY ";

    if (!r->alias)
        return tl_printf(ctx, "%s%.*s", only, TL_FMT(table));
    struct tl_str alias = tl_quoted(ctx, tl_str_c(r->alias->aliasname));
    return tl_printf(ctx, "%s%.*s AS %.*s", only, TL_FMT(table), TL_FMT(alias));
}

static void offer_not_exists(struct tl_ctx *ctx, struct tl_finding *f,
                             const struct not_in *n)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, n->select);
    struct tl_column_ref inner;

    if (!n->inner || !is_simple(s) || !is_qualified(n->outer) ||
        !tl_resolve_column(ctx, n->inner, &inner) || !inner.alias.n)
        return;
    struct tl_str outer = tl_node_text(ctx, n->outer);
    struct tl_str table = range_text(ctx, s->from_clause[0]->range_var);
    struct tl_str alias = tl_quoted(ctx, inner.alias);
    struct tl_str column = tl_quoted(ctx, inner.column);
    struct tl_str rest = TL_NONE;
    if (s->where_clause) {
        const struct tl_node *where =
            tl_find_wrapped(tl_tree(ctx), n->select, s->where_clause);
        struct tl_str filter = where ? tl_node_text(ctx, where) : TL_NONE;

        if (!filter.n)
            return;
        rest = tl_printf(ctx, " AND (%.*s)", TL_FMT(filter));
    }
    struct tl_fix *fix = tl_fix(ctx, f, TL_UNSAFE, "ask with NOT EXISTS");
    tl_edit(ctx, fix, tl_node_span(ctx, n->not_node),
            "NOT EXISTS (SELECT 1 FROM %.*s WHERE %.*s.%.*s = %.*s%.*s)",
            TL_FMT(table), TL_FMT(alias), TL_FMT(column), TL_FMT(outer),
            TL_FMT(rest));
}

/* Of rows, those are hidden that differ in no other column than the NULL. */
static const char *message_of(bool of_rows, bool safe)
{
    if (of_rows)
        return "NOT IN with a subquery of several columns cannot become an "
               "anti join, and a NULL in them can hide rows.";
    if (safe)
        return "NOT IN with a subquery cannot become an anti join, so it is "
               "slow where the subquery gives many rows.";
    return "NOT IN finds no row at all as soon as the subquery gives one NULL, "
           "and it cannot become an anti join.";
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    struct not_in n;

    if (!find(ctx, node, &n))
        return;
    bool of_rows = n.outer->kind == TL_KIND(ROW_EXPR);
    bool safe = gives_no_null(ctx, &n);
    struct tl_finding *f = tl_report(ctx, tl_node_span(ctx, node), "%s",
                                     message_of(of_rows, safe));
    if (of_rows || safe || is_of_unknown_table(ctx, &n))
        tl_set_severity(f, TL_NOTE);
    tl_help(ctx, f,
            "Ask with NOT EXISTS: a NULL is then no match, and PostgreSQL can "
            "join.");
    offer_not_exists(ctx, f, &n);
}

TL_RULE(not_in_subquery) = {
    .id = "TL307",
    .name = "not-in-subquery",
    .summary = "NOT IN with a subquery finds nothing once a NULL is in it",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .nodes = TL_ON(TL_KIND(BOOL_EXPR)),
    .on_node = check,
};
