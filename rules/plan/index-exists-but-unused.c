/*
 * index-exists-but-unused - a table is read whole although an index begins
 * with a column that the filter compares.
 */
#include <tusklint/rule.h>

enum reason {
    REASON_METHOD,    /* its kind cannot answer the comparison */
    REASON_COLLATION, /* it is sorted by other rules */
    REASON_ESTIMATE,  /* the planner expected many rows */
    REASON_COLUMNS,   /* it holds too few of the filter's columns */
    REASON_NONE,
};

struct unused {
    const struct tl_index *index;
    const struct tl_condition *condition; /* on its first column */
    uint32_t matched;                     /* of its first columns */
};

static bool is_equality(const struct tl_condition *c)
{
    return tl_str_is(c->op, "=") || tl_str_is(c->op, "any") ||
           tl_str_is(c->op, "in");
}

static bool fits_method(const struct tl_index *x, const struct tl_condition *c)
{
    return tl_str_is(x->method, "btree") ||
           (tl_str_is(x->method, "hash") && is_equality(c));
}

static const struct tl_condition *on_column(const struct tl_scan *s,
                                            struct tl_str column)
{
    for (uint32_t i = 0; i < s->n_plain; i++)
        if (tl_str_eq(s->plain[i]->column, column))
            return s->plain[i];
    return NULL;
}

static struct unused match(const struct tl_scan *s, const struct tl_index *x)
{
    struct unused u = {.index = x};

    if (x->predicate.n || !x->n_keys)
        return u;
    u.condition = on_column(s, x->keys[0].column);
    while (u.matched < x->n_keys && on_column(s, x->keys[u.matched].column))
        u.matched++;
    return u;
}

static bool is_better(const struct unused *a, const struct unused *b)
{
    if (!b->condition)
        return true;
    bool fits_a = fits_method(a->index, a->condition);
    bool fits_b = fits_method(b->index, b->condition);

    return fits_a != fits_b ? fits_a : a->matched > b->matched;
}

/* The index of which one would say that it should have been used. */
static struct unused best(struct tl_ctx *ctx, const struct tl_scan *s)
{
    struct tl_schema schema = tl_after(ctx);
    struct unused found = {.index = NULL};

    TL_EACH_INDEX(schema, s->relation, x) {
        struct unused u = match(s, x);

        if (u.condition && is_better(&u, &found))
            found = u;
    }
    return found;
}

/* An index must have the collation of the comparison, which is the column's
   here. */
static bool has_other_collation(struct tl_ctx *ctx, const struct tl_scan *s,
                                const struct unused *u)
{
    const struct tl_column *column =
        tl_find_column(tl_after(ctx), s->relation, u->condition->column);
    struct tl_str own = u->index->keys[0].collation;

    return column && own.n && !tl_str_eq(own, column->collation) &&
           !(tl_str_is(own, "default") && !column->collation.n);
}

static enum reason reason(struct tl_ctx *ctx, const struct tl_plan *plan,
                          const struct tl_plan_node *n, const struct tl_scan *s,
                          const struct unused *u)
{
    double expected = n->plan_rows * s->times;

    if (!fits_method(u->index, u->condition))
        return REASON_METHOD;
    if (has_other_collation(ctx, s, u))
        return REASON_COLLATION;
    if (s->measured && expected >= (s->kept > 1 ? s->kept : 1) *
                                       tl_limit(plan, TL_UNUSED_ESTIMATE_OFF))
        return REASON_ESTIMATE;
    return u->matched < s->n_plain ? REASON_COLUMNS : REASON_NONE;
}

/* ---- what to say ---- */

static struct tl_str why(struct tl_ctx *ctx, enum reason r,
                         const struct tl_plan_node *n, const struct tl_scan *s,
                         const struct unused *u)
{
    switch (r) {
    case REASON_METHOD:
        return tl_printf(ctx,
                         "is of kind %.*s, and a lookup by %.*s wants a b-tree",
                         TL_FMT(u->index->method), TL_FMT(u->condition->op));
    case REASON_COLLATION:
        return tl_printf(ctx,
                         "is sorted by collation %.*s, the comparison is "
                         "not",
                         TL_FMT(u->index->keys[0].collation));
    case REASON_ESTIMATE:
        return tl_printf(ctx, "seemed to lead to %.0f rows",
                         n->plan_rows * s->times);
    case REASON_COLUMNS:
        return TL_STR("holds not all columns of the filter, and those it holds "
                      "are of too many rows");
    case REASON_NONE:
        break;
    }
    return TL_STR("holds what the filter compares and was passed over");
}

static void add_help(struct tl_ctx *ctx, struct tl_finding *f, enum reason r,
                     const struct tl_plan_node *n, const struct tl_scan *s)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str statement = tl_scan_index(ctx, n, s);

    switch (r) {
    case REASON_METHOD:
    case REASON_COLLATION:
    case REASON_COLUMNS:
        tl_help(ctx, f, "%.*s", TL_FMT(statement));
        return;
    case REASON_ESTIMATE:
        tl_help(ctx, f, "ANALYZE %.*s;", TL_FMT(table));
        return;
    case REASON_NONE:
        break;
    }
    tl_help(ctx, f,
            "Look for enable_indexscan = off or a high random_page_cost. If "
            "the plan is older than the index, take it again.");
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, const struct tl_scan *s,
                   const struct unused *u, enum reason r)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str index = tl_quoted(ctx, u->index->name.name);
    struct tl_str because = why(ctx, r, n, s, u);
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "A Seq Scan of %.*s reads %s%.0f rows to keep %.0f: index %.*s "
        "%.*s.",
        TL_FMT(table), s->measured ? "" : "about ", s->scanned, s->kept,
        TL_FMT(index), TL_FMT(because));

    if (r == REASON_NONE)
        tl_set_severity(f, TL_NOTE);
    tl_detail(ctx, f, "the filter is %.*s", TL_FMT(s->filter));
    tl_object(ctx, f, name, u->condition->column);
    tl_related(ctx, f, u->index->row.made, "%.*s is made here", TL_FMT(index));
    tl_about_node(ctx, f, plan, n);
    add_help(ctx, f, r, n, s);
}

/* An index that is as old as its table was there when the plan was taken. */
static bool is_as_old(const struct tl_scan *s, const struct tl_index *x)
{
    return x->row.file == s->relation->row.file;
}

static void judge(struct tl_ctx *ctx, const struct tl_plan *plan,
                  const struct tl_plan_node *n)
{
    struct tl_scan s;

    if (tl_judge_scan(ctx, plan, n, &s) != TL_SCAN_SERVED ||
        s.kept > s.scanned * tl_limit(plan, TL_UNUSED_MAX_KEPT))
        return;
    struct unused u = best(ctx, &s);
    if (u.condition && is_as_old(&s, u.index))
        report(ctx, plan, n, &s, &u, reason(ctx, plan, n, &s, &u));
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++)
        judge(ctx, plan, &plan->nodes[i]);
}

TL_RULE(index_exists_but_unused) = {
    .id = "TL504",
    .name = "index-exists-but-unused",
    .summary = "a table is read whole although an index fits the filter",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
