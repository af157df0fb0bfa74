/*
 * misestimate - the planner expected far fewer or far more rows than came.
 */
#include <tusklint/plan_limits.h>
#include <tusklint/rule.h>

#define ITEMS_MAX 8
/* CREATE STATISTICS takes expressions since. */
#define EXPRESSIONS_SINCE 14

/* What has an estimate of its own; the rest hands on what it gets, or has no
   statistics (functions, recursion). */
static bool is_judged(const struct tl_plan_node *n)
{
    static const char *const types[] = {
        "Seq Scan",  "Index Scan", "Index Only Scan", "Bitmap Heap Scan",
        "Hash Join", "Merge Join", "Nested Loop",     "Foreign Scan",
        "Aggregate", "Group",      "Append",          "Merge Append",
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (tl_node_is(n, types[i]))
            return true;
    return false;
}

static double at_least_one(double rows)
{
    return rows > 1 ? rows : 1;
}

/* Both are averages of a run, so they compare as they are printed. A merge
   join reads its inner side again and again and counts that. */
static bool is_under(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);

    return n->actual_rows >= at_least_one(n->plan_rows) * TL_ESTIMATE_OFF &&
           n->rows_out >= TL_ESTIMATE_MIN_ROWS &&
           !(parent && tl_node_is(parent, "Merge Join") &&
             tl_str_is(n->relationship, "Inner"));
}

static bool is_over(const struct tl_plan *p, const struct tl_plan_node *n)
{
    return n->plan_rows >= at_least_one(n->actual_rows) * TL_ESTIMATE_OFF &&
           n->plan_rows * n->actual_loops >= TL_OVERESTIMATE_MIN_ROWS &&
           !tl_may_stop_early(p, n);
}

static bool is_off(const struct tl_plan *p, const struct tl_plan_node *n)
{
    return is_judged(n) && n->actual_rows >= 0 && n->actual_loops >= 1 &&
           !tl_is_partition(p, n) && (is_under(p, n) || is_over(p, n));
}

static bool is_lowest(const struct tl_plan *p, const struct tl_plan_node *n)
{
    for (const struct tl_plan_node *o = n + 1; o < p->nodes + n->end; o++)
        if (is_off(p, o))
            return false;
    return true;
}

/* ---- what to do ---- */

struct items {
    struct tl_str list;
    const struct tl_condition *seen[ITEMS_MAX];
    uint32_t n;
    bool wrapped;
};

static void add_item(struct tl_ctx *ctx, struct items *it,
                     const struct tl_condition *c)
{
    /* A cast that changes nothing is not in the expression. */
    bool plain = c->wrap == TL_WRAP_NONE || tl_str_eq(c->expression, c->column);
    struct tl_str text = plain
                             ? tl_quoted(ctx, c->column)
                             : tl_printf(ctx, "(%.*s)", TL_FMT(c->expression));

    for (uint32_t i = 0; i < it->n; i++)
        if (tl_str_eq(it->seen[i]->expression, c->expression))
            return;
    if (it->n == ITEMS_MAX ||
        (!plain && tl_pg_version(ctx) < EXPRESSIONS_SINCE))
        return;
    it->list =
        it->n ? tl_printf(ctx, "%.*s, %.*s", TL_FMT(it->list), TL_FMT(text))
              : text;
    it->seen[it->n++] = c;
    it->wrapped |= !plain;
}

static void help_table(struct tl_ctx *ctx, struct tl_finding *f,
                       const struct tl_plan_node *n, const struct tl_scan *s)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str stats = tl_printf(ctx, "%.*s_stats", TL_FMT(n->relation));
    struct items items = {.list = TL_NONE};

    for (uint32_t i = 0; i < s->n_conditions; i++)
        add_item(ctx, &items, &s->conditions[i]);
    stats = tl_quoted(ctx, stats);
    if (items.n > 1 || items.wrapped)
        tl_help(ctx, f,
                "ANALYZE %.*s; and if the estimate stays wrong, tell the "
                "planner what belongs together: CREATE STATISTICS %.*s ON "
                "%.*s FROM %.*s; ANALYZE %.*s;",
                TL_FMT(table), TL_FMT(stats), TL_FMT(items.list), TL_FMT(table),
                TL_FMT(table));
    else if (items.n)
        tl_help(ctx, f,
                "ANALYZE %.*s; and if the estimate stays wrong, keep more "
                "values: ALTER TABLE %.*s ALTER COLUMN %.*s SET STATISTICS "
                "1000; ANALYZE %.*s;",
                TL_FMT(table), TL_FMT(table), TL_FMT(items.list),
                TL_FMT(table));
    else
        tl_help(ctx, f, "ANALYZE %.*s;", TL_FMT(table));
}

/* ---- what to say ---- */

static struct tl_str title(struct tl_ctx *ctx, const struct tl_plan_node *n)
{
    struct tl_str table =
        tl_name_text(ctx, (struct tl_name){n->schema, n->relation});

    if (!n->relation.n)
        return n->type;
    return tl_printf(ctx, "%.*s of %.*s", TL_FMT(n->type), TL_FMT(table));
}

static void add_detail(struct tl_ctx *ctx, struct tl_finding *f,
                       const struct tl_plan_node *n)
{
    if (n->filter.n)
        tl_detail(ctx, f, "the filter is %.*s", TL_FMT(n->filter));
    else if (n->index_cond.n)
        tl_detail(ctx, f, "the condition is %.*s", TL_FMT(n->index_cond));
    else if (n->join_cond.n)
        tl_detail(ctx, f, "the condition is %.*s", TL_FMT(n->join_cond));
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n)
{
    struct tl_str what = title(ctx, n);
    double expected = at_least_one(n->plan_rows) * n->actual_loops;
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "The %.*s gives %.0f rows where the planner expected %.0f: the rest "
        "of the plan is made for too %s.",
        TL_FMT(what), n->rows_out, expected,
        n->rows_out > expected ? "few" : "many");
    struct tl_name name = {n->schema, n->relation};
    struct tl_scan scan;

    add_detail(ctx, f, n);
    tl_relate_query(ctx, f, plan);
    if (!n->relation.n) {
        tl_help(ctx, f,
                "ANALYZE the tables below: their own rows were "
                "expected, what becomes of them was not.");
        return;
    }
    tl_object(ctx, f, name, TL_NONE);
    tl_relate_table(ctx, f, name);
    tl_read_scan(ctx, plan, n, &scan);
    help_table(ctx, f, n, &scan);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];
        struct tl_scan told;

        if (!is_off(plan, n) || !is_lowest(plan, n))
            continue;
        /* Too few rows of a scan that an index should have made. */
        if (!is_under(plan, n) &&
            tl_judge_scan(ctx, plan, n, &told) != TL_SCAN_FINE)
            continue;
        report(ctx, plan, n);
    }
}

TL_RULE(misestimate) = {
    .id = "TL506",
    .name = "misestimate",
    .summary = "the planner expected far fewer or far more rows than came",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_WARNING,
    .on_plan = check,
};
