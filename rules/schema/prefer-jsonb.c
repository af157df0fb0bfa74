/*
 * prefer-jsonb - json is text that is parsed each time.
 */
#include <tusklint/rule.h>

static void judge(struct tl_ctx *ctx, const struct tl_type *type,
                  struct tl_span at)
{
    if (!(tl_type_is(type, "json")))
        return;
    struct tl_finding *f = tl_report(
        ctx, at,
        "A json value is kept as text and parsed each time it is read.");

    tl_help(ctx, f, "Use jsonb: it can be indexed and compared.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    tl_each_type(ctx, op, judge);
}

TL_RULE(prefer_jsonb) = {
    .id = "TL212",
    .name = "prefer-jsonb",
    .summary = "json is text that is parsed each time",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .aliases = TL_ALIASES("prefer-jsonb-over-json", "preferJsonb"),
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN, TL_OP_ALTER_COLUMN_TYPE),
    .on_op = check,
};
