/*
 * prefer-text - varchar(n) is text with a limit that is hard to move.
 */
#include <tusklint/rule.h>

static void judge(struct tl_ctx *ctx, const struct tl_type *type,
                  struct tl_span at)
{
    if (!((tl_type_is(type, "varchar")) && type->n_mods > 0))
        return;
    struct tl_finding *f = tl_report(ctx, at,
                                     "varchar(n) stores what text does, with a "
                                     "limit that is hard to lower.");

    tl_help(ctx, f, "Use text, and a CHECK of the length where there is one.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    tl_each_type(ctx, op, judge);
}

TL_RULE(prefer_text) = {
    .id = "TL210",
    .name = "prefer-text",
    .summary = "varchar(n) is text with a limit that is hard to move",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .aliases = TL_ALIASES("prefer-text-field", "preferTextField"),
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN, TL_OP_ALTER_COLUMN_TYPE),
    .on_op = check,
};
