/*
 * dropping-not-null - readers that never met a NULL there meet one now.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_column *c =
        r ? tl_find_column(tl_before(ctx), r, op->column) : NULL;

    if (tl_table_is_new(ctx, op->table) == TL_YES ||
        (c && (!c->not_null || tl_is_made_here(ctx, &c->row))))
        return;
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "Code that reads %.*s of %.*s may meet NULL from now on.",
                  TL_FMT(tl_quoted(ctx, op->column)),
                  TL_FMT(tl_name_text(ctx, op->table)));

    tl_object(ctx, f, op->table, op->column);
    tl_help(ctx, f,
            "Let the readers that run today expect it before; then drop NOT "
            "NULL.");
}

TL_RULE(dropping_not_null) = {
    .id = "TL136",
    .name = "dropping-not-null",
    .summary = "readers may meet NULL in a column that had none",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("ban-drop-not-null", "drop-not-null",
                          "banDropNotNull"),
    .ops = TL_ON(TL_OP_DROP_NOT_NULL),
    .on_op = check,
};
