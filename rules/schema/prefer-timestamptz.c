/*
 * prefer-timestamptz - timestamp without time zone loses the moment.
 */
#include <tusklint/rule.h>

static void judge(struct tl_ctx *ctx, const struct tl_type *type,
                  struct tl_span at)
{
    if (!(tl_type_is(type, "timestamp")))
        return;
    struct tl_finding *f = tl_report(
        ctx, at,
        "A timestamp without time zone is a wall clock's time, no moment.");

    tl_help(ctx, f,
            "Use timestamptz: it takes the same space, and is a moment for "
            "every client.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    tl_each_type(ctx, op, judge);
}

TL_RULE(prefer_timestamptz) = {
    .id = "TL209",
    .name = "prefer-timestamptz",
    .summary = "timestamp without time zone loses the moment",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .aliases = TL_ALIASES("prefer-timestamp-tz", "preferTimestamptz"),
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN, TL_OP_ALTER_COLUMN_TYPE),
    .on_op = check,
};
