/*
 * estimate.c - what lets the planner expect the rows of a scan.
 *
 * Old statistics are the most frequent cause, so ANALYZE comes first. Several
 * columns count as independent, and an expression is guessed, unless extended
 * statistics say more.
 */
#include "lint/linter.h"

#define ITEMS_MAX 8
/* CREATE STATISTICS takes expressions since. */
#define EXPRESSIONS_SINCE 14

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

struct tl_str tl_better_estimate(struct tl_ctx *ctx, const struct tl_plan *p,
                                 const struct tl_plan_node *n)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str stats = tl_printf(ctx, "%.*s_stats", TL_FMT(n->relation));
    struct items items = {.list = TL_NONE};
    struct tl_scan s;

    tl_read_scan(ctx, p, n, &s);
    for (uint32_t i = 0; i < s.n_conditions; i++)
        add_item(ctx, &items, &s.conditions[i]);
    stats = tl_quoted(ctx, stats);
    if (items.n > 1 || items.wrapped)
        return tl_printf(
            ctx,
            "ANALYZE %.*s; and if the estimate stays wrong, tell the "
            "planner what belongs together: CREATE STATISTICS %.*s ON "
            "%.*s FROM %.*s; ANALYZE %.*s;",
            TL_FMT(table), TL_FMT(stats), TL_FMT(items.list), TL_FMT(table),
            TL_FMT(table));
    if (items.n)
        return tl_printf(
            ctx,
            "ANALYZE %.*s; and if the estimate stays wrong, keep more "
            "values: ALTER TABLE %.*s ALTER COLUMN %.*s SET STATISTICS "
            "1000; ANALYZE %.*s;",
            TL_FMT(table), TL_FMT(table), TL_FMT(items.list), TL_FMT(table));
    return tl_printf(ctx, "ANALYZE %.*s;", TL_FMT(table));
}
