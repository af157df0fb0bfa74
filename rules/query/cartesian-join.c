/*
 * cartesian-join - two relations that nothing links: each row with each row.
 *
 * Every condition of WHERE and ON links all relations that it mentions; what
 * is in no way linked with the first is multiplied with it. Relations that
 * give few rows by their nature (functions, VALUES, subqueries) do not count.
 */
#include <tusklint/rule.h>

#define RELATIONS_MAX 32

struct relation {
    const struct tl_node *range;
    unsigned group;
    bool counts; /* a table, which may be large */
};

struct graph {
    struct relation list[RELATIONS_MAX];
    unsigned n;
    bool whole; /* all of it was understood */
};

static void add_range(struct graph *g, const struct tl_node *range, bool counts)
{
    if (g->n == RELATIONS_MAX) {
        g->whole = false;
        return;
    }
    g->list[g->n] = (struct relation){range, g->n, counts};
    g->n++;
}

static void join_groups(struct graph *g, unsigned a, unsigned b)
{
    unsigned from = g->list[a].group;
    unsigned to = g->list[b].group;

    for (unsigned i = 0; i < g->n; i++)
        if (g->list[i].group == from)
            g->list[i].group = to;
}

static int find_range(const struct graph *g, const struct tl_node *range)
{
    for (unsigned i = 0; i < g->n; i++)
        if (g->list[i].range == range)
            return (int)i;
    return -1;
}

/* All relations that the condition mentions are linked. */
static void link_condition(struct tl_ctx *ctx, struct graph *g,
                           const struct tl_node *condition)
{
    int first = -1;

    TL_EACH(tl_tree(ctx), condition, TL_KIND(COLUMN_REF), c) {
        struct tl_column_ref ref;

        if (!tl_resolve_column(ctx, c, &ref) || !ref.range) {
            g->whole = false;
            return;
        }
        int at = find_range(g, ref.range);
        if (at < 0)
            continue;
        if (first < 0)
            first = at;
        else
            join_groups(g, (unsigned)first, (unsigned)at);
    }
}

/* a = b AND c = d: each by itself, or `a.x = 1 AND b.y = 2` would link. */
static void link_conjuncts(struct tl_ctx *ctx, struct graph *g,
                           const struct tl_node *condition)
{
    if (condition->kind == TL_KIND(BOOL_EXPR) &&
        TL_AS(BOOL_EXPR, BoolExpr, condition)->boolop ==
            PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) {
        TL_CHILDREN(tl_tree(ctx), condition, part)
            link_condition(ctx, g, part);
        return;
    }
    link_condition(ctx, g, condition);
}

static void take_from(struct tl_ctx *ctx, struct graph *g,
                      const struct tl_node *item, unsigned depth);

static void take_join(struct tl_ctx *ctx, struct graph *g,
                      const struct tl_node *node, unsigned depth)
{
    const PgQuery__JoinExpr *j = TL_AS(JOIN_EXPR, JoinExpr, node);
    const struct tl_tree *t = tl_tree(ctx);
    const struct tl_node *left = tl_find_wrapped(t, node, j->larg);
    const struct tl_node *right = tl_find_wrapped(t, node, j->rarg);
    const struct tl_node *on = tl_find_wrapped(t, node, j->quals);
    unsigned first = g->n;

    if (left)
        take_from(ctx, g, left, depth + 1);
    unsigned second = g->n;
    if (right)
        take_from(ctx, g, right, depth + 1);
    /* CROSS JOIN is written on purpose, ON true too; USING and NATURAL link. */
    if ((!on || on->kind == TL_KIND(A_CONST)) && first < second &&
        second < g->n)
        join_groups(g, first, second);
    if (on)
        link_conjuncts(ctx, g, on);
}

static void take_from(struct tl_ctx *ctx, struct graph *g,
                      const struct tl_node *item, unsigned depth)
{
    if (depth > RELATIONS_MAX)
        g->whole = false;
    else if (item->kind == TL_KIND(JOIN_EXPR))
        take_join(ctx, g, item, depth);
    else
        add_range(g, item, item->kind == TL_KIND(RANGE_VAR));
}

static void report(struct tl_ctx *ctx, const struct relation *alone)
{
    const PgQuery__RangeVar *r = TL_AS(RANGE_VAR, RangeVar, alone->range);
    const struct tl_name name = {tl_str_c(r->schemaname), tl_str_c(r->relname)};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_finding *f = tl_report(
        ctx, tl_node_span(ctx, alone->range),
        "Nothing links %.*s with the other tables: each of its rows is joined "
        "with each of theirs.",
        TL_FMT(table));

    tl_object(ctx, f, name, TL_NONE);
    tl_help(ctx, f,
            "Add the condition that belongs to it, or write CROSS JOIN "
            "if every pair is meant.");
}

/* A name of WITH may stand for one row. */
static bool is_table(struct tl_ctx *ctx, const struct tl_node *range)
{
    const PgQuery__RangeVar *r = TL_AS(RANGE_VAR, RangeVar, range);
    const struct tl_name name = {tl_str_c(r->schemaname), tl_str_c(r->relname)};

    return tl_find_relation(tl_after(ctx), name, NULL) != NULL;
}

static void check(struct tl_ctx *ctx, const struct tl_node *node)
{
    const PgQuery__SelectStmt *s = TL_AS(SELECT_STMT, SelectStmt, node);
    const struct tl_tree *t = tl_tree(ctx);
    struct graph g = {.whole = true};

    if (s->n_from_clause == 0)
        return;
    for (size_t i = 0; i < s->n_from_clause; i++) {
        const struct tl_node *item =
            tl_find_wrapped(t, node, s->from_clause[i]);

        if (item)
            take_from(ctx, &g, item, 0);
    }
    const struct tl_node *where = tl_find_wrapped(t, node, s->where_clause);
    if (where)
        link_conjuncts(ctx, &g, where);
    if (!g.whole || g.n < 2)
        return;
    for (unsigned i = 1; i < g.n; i++)
        if (g.list[i].group != g.list[0].group && g.list[i].counts &&
            g.list[0].counts && is_table(ctx, g.list[i].range) &&
            is_table(ctx, g.list[0].range)) {
            report(ctx, &g.list[i]);
            return;
        }
}

TL_RULE(cartesian_join) = {
    .id = "TL318",
    .name = "cartesian-join",
    .summary = "tables that no condition links: each row with each row",
    .since = "0.1",
    .family = TL_QUERY,
    .severity = TL_WARNING,
    .nodes = TL_ON(TL_KIND(SELECT_STMT)),
    .on_node = check,
};
