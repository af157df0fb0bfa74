/*
 * concurrent-refresh-needs-unique-index - without one PostgreSQL refuses.
 */
#include <tusklint/rule.h>

static bool fits(const struct tl_index *index)
{
    if (!index->unique || index->predicate.n)
        return false;
    for (uint32_t i = 0; i < index->n_keys; i++)
        if (!index->keys[i].column.n)
            return false;
    return true;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *view = tl_relation(ctx, op->table);

    if (!op->concurrently || !view || view->incomplete || view->uncertain ||
        view->kind != TL_MATVIEW)
        return;
    TL_EACH_INDEX(tl_before(ctx), view, index)
        if (fits(index))
            return;
    struct tl_str name = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "REFRESH ... CONCURRENTLY fails: %.*s has no UNIQUE index on "
                  "plain columns without WHERE.",
                  TL_FMT(name));
    tl_related(ctx, f, view->row.made, "the view is made here");
    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f, "CREATE UNIQUE INDEX ON %.*s (...) first.", TL_FMT(name));
}

TL_RULE(concurrent_refresh_needs_unique_index) = {
    .id = "TL106",
    .name = "concurrent-refresh-needs-unique-index",
    .summary = "REFRESH CONCURRENTLY of a view without a unique index fails",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_ERROR,
    .aliases = TL_ALIASES("matview-refresh-concurrent-unique"),
    .ops = TL_ON(TL_OP_REFRESH_MATVIEW),
    .on_op = check,
};
