/*
 * no-money - money depends on the locale of the session.
 */
#include <tusklint/rule.h>

static void judge(struct tl_ctx *ctx, const struct tl_type *type,
                  struct tl_span at)
{
    if (!(tl_type_is(type, "money")))
        return;
    struct tl_finding *f = tl_report(ctx, at,
                                     "How a money value is read and shown "
                                     "depends on the session's lc_monetary.");

    tl_help(ctx, f, "Use numeric, and a column for the currency.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    tl_each_type(ctx, op, judge);
}

TL_RULE(no_money) = {
    .id = "TL213",
    .name = "no-money",
    .summary = "money depends on the locale of the session",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .aliases = TL_ALIASES("money", "noMoney"),
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN, TL_OP_ALTER_COLUMN_TYPE),
    .on_op = check,
};
