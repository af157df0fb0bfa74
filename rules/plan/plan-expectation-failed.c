/*
 * plan-expectation-failed - the plan is not what its query's file, or an
 * option, says that it is.
 */
#include <tusklint/rule.h>

#include <strings.h>

static bool same_word(struct tl_str a, struct tl_str b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static bool is_type(const struct tl_plan_node *n, const char *type)
{
    return tl_str_is(n->type, type);
}

static bool names_relation(const struct tl_plan_node *n, struct tl_str table)
{
    return !table.n || tl_str_eq(n->relation, table) ||
           tl_str_eq(n->alias, table);
}

static bool is_sort(const struct tl_plan_node *n)
{
    return is_type(n, "Sort") || is_type(n, "Incremental Sort");
}

/* Rows that the node gives or, with ANALYZE, has looked at. */
static double rows_of(const struct tl_plan_node *n)
{
    return n->rows_scanned > n->rows_out ? n->rows_scanned : n->rows_out;
}

/* Is this the node that the expectation does not want? */
static bool breaks(const struct tl_expectation *e, const struct tl_plan_node *n)
{
    switch (e->kind) {
    case TL_EXPECT_NO_SEQ_SCAN:
        return is_type(n, "Seq Scan") && names_relation(n, e->value);
    case TL_EXPECT_NO_SORT:
        return is_sort(n);
    case TL_EXPECT_NO_NODE:
        return same_word(n->type, e->value);
    case TL_EXPECT_MAX_ROWS:
        return rows_of(n) > e->number;
    default:
        return false;
    }
}

/* Plans give an index without its schema, people may write it with one. */
static bool is_index(const struct tl_plan_node *n, struct tl_str name)
{
    if (name.n <= n->index.n || !n->index.n)
        return tl_str_eq(n->index, name);
    struct tl_str end = {name.p + name.n - n->index.n, n->index.n};
    return end.p[-1] == '.' && tl_str_eq(end, n->index);
}

/* ... or the one that it asks for? */
static bool meets(const struct tl_expectation *e, const struct tl_plan_node *n)
{
    return e->kind == TL_EXPECT_INDEX ? is_index(n, e->value)
                                      : same_word(n->type, e->value);
}

static const struct tl_plan_node *
find(const struct tl_plan *p, const struct tl_expectation *e,
     bool (*is_it)(const struct tl_expectation *, const struct tl_plan_node *))
{
    for (uint32_t i = 0; i < p->count; i++)
        if (is_it(e, &p->nodes[i]))
            return &p->nodes[i];
    return NULL;
}

static struct tl_finding *report(struct tl_ctx *ctx, const struct tl_plan *p,
                                 const struct tl_expectation *e,
                                 const struct tl_plan_node *at)
{
    struct tl_finding *f = tl_report(
        ctx, at->span, "The plan is not as expected: %.*s.", TL_FMT(e->text));

    if (e->span.end)
        tl_related(ctx, f, e->span, "expected here");
    if (p->query.n)
        tl_related(ctx, f, p->query_span, "the query");
    tl_about_node(ctx, f, p, at);
    return f;
}

static bool knows_tables(struct tl_ctx *ctx, const struct tl_plan *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        const struct tl_plan_node *n = &p->nodes[i];

        if (n->relation.n &&
            tl_find_relation(tl_after(ctx),
                             (struct tl_name){n->schema, n->relation}, NULL))
            return true;
    }
    return false;
}

static void tell_index(struct tl_ctx *ctx, const struct tl_plan *p,
                       const struct tl_expectation *e)
{
    struct tl_name name = {TL_NONE, e->value};
    struct tl_finding *f = report(ctx, p, e, &p->nodes[0]);

    tl_detail(ctx, f, "no node of the plan uses the index %.*s",
              TL_FMT(e->value));
    if (knows_tables(ctx, p) && !tl_find_index(tl_after(ctx), name))
        tl_help(ctx, f, "The migrations make no index of that name.");
}

static void tell_limit(struct tl_ctx *ctx, const struct tl_plan *p,
                       const struct tl_expectation *e)
{
    bool cost = e->kind == TL_EXPECT_MAX_COST;
    double is = cost ? p->nodes[0].total_cost : p->execution_ms;

    if (is > e->number)
        tl_detail(ctx, report(ctx, p, e, &p->nodes[0]), "it is %.1f%s", is,
                  cost ? "" : " ms");
}

static void tell_unknown(struct tl_ctx *ctx, const struct tl_plan *p,
                         const struct tl_expectation *e)
{
    struct tl_finding *f =
        tl_report(ctx, p->nodes[0].span,
                  "%.*s is no expectation that is known.", TL_FMT(e->text));

    tl_related(ctx, f, e->span, "it stands here");
    tl_help(ctx, f, "Known are %s.", TL_EXPECT_TERMS);
}

static void check_one(struct tl_ctx *ctx, const struct tl_plan *p,
                      const struct tl_expectation *e)
{
    const struct tl_plan_node *at;

    switch (e->kind) {
    case TL_EXPECT_UNKNOWN:
        tell_unknown(ctx, p, e);
        return;
    case TL_EXPECT_INDEX:
        if (!find(p, e, meets))
            tell_index(ctx, p, e);
        return;
    case TL_EXPECT_NODE:
        if (!find(p, e, meets))
            report(ctx, p, e, &p->nodes[0]);
        return;
    case TL_EXPECT_MAX_COST:
    case TL_EXPECT_MAX_MS:
        tell_limit(ctx, p, e);
        return;
    case TL_EXPECT_MAX_ROWS:
        at = find(p, e, breaks);
        if (at)
            tl_detail(ctx, report(ctx, p, e, at), "%.*s has %s%.0f",
                      TL_FMT(at->type), p->analyzed ? "" : "about ",
                      rows_of(at));
        return;
    default:
        at = find(p, e, breaks);
        if (at)
            report(ctx, p, e, at);
    }
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; plan->count && i < plan->n_expectations; i++)
        check_one(ctx, plan, &plan->expectations[i]);
}

TL_RULE(plan_expectation_failed) = {
    .id = "TL524",
    .name = "plan-expectation-failed",
    .summary =
        "a plan is not what a comment in its query, or an option, expects",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_ERROR,
    .on_plan = check,
};
