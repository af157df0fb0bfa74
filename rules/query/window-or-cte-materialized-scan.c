/*
 * window-or-cte-materialized-scan - a condition that stays outside of the
 * query that it is about.
 *
 * PostgreSQL moves conditions into subqueries and CTEs, so that an index inside
 * serves them. Not past MATERIALIZED, and not past a window function, unless
 * the column is in its PARTITION BY.
 */
#include <tusklint/rule.h>

/* What a filter is outside of. */
struct inside {
    const struct tl_node *select;
    const struct tl_node *cte;       /* AS MATERIALIZED; NULL: a window */
    const struct tl_relation *table; /* that the column comes from */
    const struct tl_index *index;    /* that would serve the filter there */
    struct tl_str column;
};

static bool is_lookup(const struct tl_predicate *p)
{
    return p->wrap == TL_WRAP_NONE && !p->under_or && !p->negated && p->value &&
           p->value_is_constant && !p->value_is_joined &&
           p->value->kind != TL_KIND(SUB_LINK) &&
           (tl_str_is(p->op, "=") || tl_str_is(p->op, "in") ||
            tl_str_is(p->op, "any"));
}

static bool is_named(const struct tl_node *range, const char *name)
{
    const PgQuery__RangeVar *r = TL_AS(RANGE_VAR, RangeVar, range);

    return !(r->schemaname && *r->schemaname) && strcmp(r->relname, name) == 0;
}

/* The CTE that a name of FROM stands for, when it is the only one so called and
   read in this place alone. */
static const struct tl_node *cte_of(const struct tl_tree *t,
                                    const struct tl_node *range)
{
    const char *name = TL_AS(RANGE_VAR, RangeVar, range)->relname;
    const struct tl_node *found = NULL;

    TL_EACH(t, t->nodes, TL_KIND(COMMON_TABLE_EXPR), it) {
        if (strcmp(TL_AS(COMMON_TABLE_EXPR, CommonTableExpr, it)->ctename,
                   name) != 0)
            continue;
        if (found)
            return NULL;
        found = it;
    }
    TL_EACH(t, t->nodes, TL_KIND(RANGE_VAR), it)
        if (it != range && is_named(it, name))
            return NULL;
    return found;
}

/* Its query; columns must go by the names that they have there. */
static const struct tl_node *query_of(const struct tl_tree *t,
                                      const struct tl_node *range,
                                      const struct tl_node **cte)
{
    *cte = NULL;
    if (range->kind == TL_KIND(RANGE_SUBSELECT)) {
        const PgQuery__RangeSubselect *s =
            TL_AS(RANGE_SUBSELECT, RangeSubselect, range);

        return s->alias && s->alias->n_colnames
                   ? NULL
                   : tl_find_wrapped(t, range, s->subquery);
    }
    if (range->kind != TL_KIND(RANGE_VAR))
        return NULL;
    const PgQuery__RangeVar *r = TL_AS(RANGE_VAR, RangeVar, range);
    const struct tl_node *found = cte_of(t, range);
    if (!found || (r->alias && r->alias->n_colnames))
        return NULL;
    const PgQuery__CommonTableExpr *c =
        TL_AS(COMMON_TABLE_EXPR, CommonTableExpr, found);
    if (c->ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeAlways)
        *cte = found;
    return c->n_aliascolnames ? NULL : tl_find_wrapped(t, found, c->ctequery);
}

/* Nothing but what a condition could go past, were it not for the barrier. */
static bool is_simple(const PgQuery__SelectStmt *s)
{
    return s->n_from_clause > 0 && s->n_target_list > 0 && !s->n_group_clause &&
           !s->having_clause && !s->n_distinct_clause && !s->limit_count &&
           !s->limit_offset && !s->n_locking_clause && !s->n_window_clause &&
           s->op == PG_QUERY__SET_OPERATION__SETOP_NONE;
}

/* The column of the query's output as a plain column inside; NULL for an
   expression. `*` gives no node. */
static const struct tl_node *output(const struct tl_tree *t,
                                    const struct tl_node *select,
                                    struct tl_str column)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, select);

    for (size_t i = 0; i < s->n_target_list; i++) {
        const PgQuery__ResTarget *target = s->target_list[i]->res_target;
        const struct tl_node *v = tl_find_wrapped(t, select, target->val);

        if (!v || v->kind != TL_KIND(COLUMN_REF))
            continue;
        const PgQuery__ColumnRef *c = TL_AS(COLUMN_REF, ColumnRef, v);
        const PgQuery__Node *last = c->fields[c->n_fields - 1];
        const char *name = target->name && *target->name ? target->name
                           : last->node_case == TL_KIND(STRING)
                               ? last->string->sval
                               : "";
        if (tl_str_is(column, name))
            return v;
    }
    return NULL;
}

static bool selects_star(const PgQuery__SelectStmt *s)
{
    const PgQuery__Node *v = s->target_list[0]->res_target->val;

    return v && v->node_case == TL_KIND(COLUMN_REF) &&
           v->column_ref->n_fields &&
           v->column_ref->fields[v->column_ref->n_fields - 1]->node_case ==
               TL_KIND(A_STAR);
}

/* Finds the table's column: by its name in the output, or through `*` of one
   table. */
static bool find_source(struct tl_ctx *ctx, const struct tl_predicate *p,
                        struct inside *in)
{
    const struct tl_tree *t = tl_tree(ctx);
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, in->select);
    const struct tl_node *v = output(t, in->select, p->ref.column);
    struct tl_column_ref ref;

    if (v) {
        if (!tl_resolve_column(ctx, v, &ref) || ref.origin != TL_FROM_TABLE)
            return false;
        in->table = ref.relation;
        in->column = ref.column;
        return in->table != NULL;
    }
    if (!selects_star(s) || s->n_from_clause != 1 ||
        s->from_clause[0]->node_case != TL_KIND(RANGE_VAR))
        return false;
    const PgQuery__RangeVar *r = s->from_clause[0]->range_var;
    struct tl_name name = {tl_str_c(r->schemaname), tl_str_c(r->relname)};
    TL_EACH(t, t->nodes, TL_KIND(COMMON_TABLE_EXPR), it)
        if (tl_str_is(name.name,
                      TL_AS(COMMON_TABLE_EXPR, CommonTableExpr, it)->ctename))
            return false;
    in->table = tl_relation(ctx, name);
    in->column = p->ref.column;
    return in->table &&
           tl_find_column(tl_after(ctx), in->table, in->column) != NULL;
}

static const struct tl_index *
index_led(struct tl_ctx *ctx, const struct tl_relation *r, struct tl_str column)
{
    TL_EACH_INDEX(tl_after(ctx), r, x)
        if (x->n_keys && !x->predicate.n &&
            (tl_str_is(x->method, "btree") || tl_str_is(x->method, "hash")) &&
            tl_str_eq(x->keys[0].column, column))
            return x;
    return NULL;
}

/* Does the inner query find its rows by a condition of its own, perhaps? */
static bool is_narrowed(struct tl_ctx *ctx, const struct tl_node *select)
{
    uint32_t n;
    const struct tl_predicate *all = tl_predicates(ctx, &n);

    for (uint32_t i = 0; i < n; i++) {
        const struct tl_predicate *p = &all[i];

        if (p->select != select || p->value_is_column)
            continue;
        if (p->wrap != TL_WRAP_NONE || p->under_or || !p->ref.relation ||
            (!p->negated && index_led(ctx, p->ref.relation, p->ref.column)))
            return true;
    }
    return false;
}

/* ---- the two barriers ---- */

static bool is_partitioned_by(struct tl_ctx *ctx, const struct tl_node *window,
                              struct tl_str column)
{
    const struct tl_tree *t = tl_tree(ctx);
    const PgQuery__WindowDef *w =
        (const PgQuery__WindowDef *)(const void *)window->msg;

    for (size_t i = 0; i < w->n_partition_clause; i++) {
        const struct tl_node *by =
            tl_find_wrapped(t, window, w->partition_clause[i]);
        struct tl_column_ref ref;

        if (by && by->kind == TL_KIND(COLUMN_REF) &&
            tl_resolve_column(ctx, by, &ref) && tl_str_eq(ref.column, column))
            return true;
    }
    return false;
}

/* Is there a window function that must see rows which the filter drops? */
static bool has_window(struct tl_ctx *ctx, const struct inside *in)
{
    const struct tl_tree *t = tl_tree(ctx);

    TL_EACH(t, in->select, TL_KIND(FUNC_CALL), it) {
        const PgQuery__FuncCall *f = TL_AS(FUNC_CALL, FuncCall, it);
        const struct tl_node *w = f->over ? tl_find(t, it, f->over) : NULL;

        if (w && tl_ancestor(t, it, TL_KIND(SELECT_STMT)) == in->select &&
            !is_partitioned_by(ctx, w, in->column))
            return true;
    }
    return false;
}

/* Calls may be why it is MATERIALIZED: to run them once for each row. */
static bool has_call(const struct tl_tree *t, const struct tl_node *select)
{
    TL_EACH(t, select, TL_KIND(FUNC_CALL), it)
        return true;
    return false;
}

static void report(struct tl_ctx *ctx, const struct tl_predicate *p,
                   const struct inside *in)
{
    struct tl_str name = tl_quoted(ctx, in->index->name.name);
    struct tl_str table = tl_name_text(ctx, in->table->name);
    struct tl_str column = tl_quoted(ctx, p->ref.column);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, p->expr),
        "All of %.*s is read before %.*s is compared: %s keeps this condition "
        "away from %.*s.",
        TL_FMT(table), TL_FMT(column),
        in->cte ? "MATERIALIZED" : "a window function", TL_FMT(name));

    tl_object(ctx, f, in->table->name, in->column);
    tl_related(ctx, f, tl_node_span(ctx, in->cte ? in->cte : in->select), "%s",
               in->cte ? "made whole here" : "the window is here");
    if (in->cte)
        tl_help(ctx, f,
                "Leave MATERIALIZED out, or write the condition inside of "
                "WITH.");
    else
        tl_help(ctx, f,
                "If the function need not see other rows, write the condition "
                "inside; if each %.*s stands for itself, add it to PARTITION "
                "BY.",
                TL_FMT(column));
}

static void check(struct tl_ctx *ctx, const struct tl_predicate *p)
{
    struct inside in = {0};

    if ((p->ref.origin != TL_FROM_CTE && p->ref.origin != TL_FROM_SUBQUERY) ||
        !p->ref.range || p->clause != TL_CLAUSE_WHERE || !is_lookup(p))
        return;
    in.select = query_of(tl_tree(ctx), p->ref.range, &in.cte);
    if (!in.select || in.select->kind != TL_KIND(SELECT_STMT) ||
        !is_simple(TL_AS(SELECT_STMT, SelectStmt, in.select)) ||
        !find_source(ctx, p, &in) || in.table->temporary ||
        in.table->incomplete || in.table->uncertain)
        return;
    in.index = index_led(ctx, in.table, in.column);
    if (!in.index || is_narrowed(ctx, in.select))
        return;
    if (in.cte ? !has_call(tl_tree(ctx), in.select) : has_window(ctx, &in))
        report(ctx, p, &in);
}

TL_RULE(window_or_cte_materialized_scan) = {
    .id = "TL337",
    .name = "window-or-cte-materialized-scan",
    .summary = "a condition that stays outside of a CTE or a window's query",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_NOTE,
    .on_predicate = check,
};
