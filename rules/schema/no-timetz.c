/*
 * no-timetz - timetz has an offset and no date.
 */
#include <tusklint/rule.h>

static void judge(struct tl_ctx *ctx, const struct tl_type *type,
                  struct tl_span at)
{
    if (!(tl_type_is(type, "timetz")))
        return;
    struct tl_finding *f = tl_report(
        ctx, at,
        "A timetz has an offset but no date, so its moment cannot be known.");

    tl_help(ctx, f, "Use timestamptz, or time and a column for the zone.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    tl_each_type(ctx, op, judge);
}

TL_RULE(no_timetz) = {
    .id = "TL214",
    .name = "no-timetz",
    .summary = "timetz has an offset and no date",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .aliases = TL_ALIASES("timetz", "noTimetz"),
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN, TL_OP_ALTER_COLUMN_TYPE),
    .on_op = check,
};
