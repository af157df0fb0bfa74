/*
 * dropping-view - a view is an interface: who reads it is not in the schema.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);

    if ((r && tl_is_made_here(ctx, &r->row)) ||
        tl_is_made_later(ctx, op->table))
        return;
    bool filled = op->relation_kind == TL_MATVIEW;
    struct tl_str name = tl_name_text(ctx, op->table);
    struct tl_finding *f = tl_report(
        ctx, op->span, "Dropping %.*s breaks code that still reads the %sview.",
        TL_FMT(name), filled ? "materialized " : "");

    tl_object(ctx, f, op->table, TL_NONE);
    if (r && !r->incomplete)
        tl_related(ctx, f, r->row.made, "the view is made here");
    else if (op->if_exists)
        tl_set_severity(f, TL_NOTE);
    tl_help(ctx, f,
            "Deploy code that no longer names the view first, and drop it in a "
            "later migration.");
}

TL_RULE(dropping_view) = {
    .id = "TL159",
    .name = "dropping-view",
    .summary = "a dropped view breaks code that is still running",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("drop-view", "ban-drop-view"),
    .ops = TL_ON(TL_OP_DROP_VIEW),
    .on_op = check,
};
