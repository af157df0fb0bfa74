/*
 * require-concurrent-refresh - a plain REFRESH MATERIALIZED VIEW blocks its
 * readers while the query runs.
 */
#include <tusklint/rule.h>

/* CONCURRENTLY needs a unique index on plain columns over all rows. */
static bool has_fitting_index(struct tl_ctx *ctx,
                              const struct tl_relation *view)
{
    struct tl_schema s = tl_before(ctx);

    TL_EACH_INDEX(s, view, index) {
        bool plain = index->unique && !index->predicate.n;

        for (uint32_t i = 0; plain && i < index->n_keys; i++)
            plain = index->keys[i].column.n != 0;
        if (plain)
            return true;
    }
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *view = tl_relation(ctx, op->table);

    if (op->concurrently || !op->with_data ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    /* The first filling of an empty view cannot be concurrent. */
    if (view && view->without_data)
        return;
    struct tl_str name = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "REFRESH MATERIALIZED VIEW without CONCURRENTLY blocks "
                  "readers of %.*s while its query runs.",
                  TL_FMT(name));
    tl_detail(ctx, f,
              "ACCESS EXCLUSIVE on %.*s: blocks reads until the view is "
              "filled",
              TL_FMT(name));
    tl_object(ctx, f, op->table, TL_NONE);
    bool known = view && !view->incomplete;
    bool fits = known && has_fitting_index(ctx, view);
    if (known && !fits) {
        tl_help(ctx, f,
                "Make a UNIQUE index on plain columns of %.*s first, without "
                "WHERE; REFRESH ... CONCURRENTLY needs one.",
                TL_FMT(name));
        tl_related(ctx, f, view->row.made, "the view is made here");
        return;
    }
    tl_help(ctx, f,
            "Use REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a UNIQUE "
            "index on plain columns of the view.");
    if (fits && op->keyword_end) {
        struct tl_fix *fix =
            tl_fix(ctx, f, TL_SAFE, "refresh the view concurrently");

        tl_edit(ctx, fix, tl_text_span(ctx, op->keyword_end, op->keyword_end),
                " CONCURRENTLY");
    }
}

TL_RULE(require_concurrent_refresh) = {
    .id = "TL105",
    .name = "require-concurrent-refresh",
    .summary = "REFRESH MATERIALIZED VIEW without CONCURRENTLY blocks readers",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("refresh-matview-blocking",
                          "requireConcurrentRefreshMatview"),
    .ops = TL_ON(TL_OP_REFRESH_MATVIEW),
    .on_op = check,
};
