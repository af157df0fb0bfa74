/*
 * ban-char - char(n) pads with blanks.
 */
#include <tusklint/rule.h>

static void judge(struct tl_ctx *ctx, const struct tl_type *type,
                  struct tl_span at)
{
    if (!(tl_type_is(type, "bpchar")))
        return;
    struct tl_finding *f =
        tl_report(ctx, at,
                  "char(n) is padded with blanks, which count in some "
                  "comparisons and not in others.");

    tl_help(ctx, f, "Use text, and a CHECK of the length where there is one.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    tl_each_type(ctx, op, judge);
}

TL_RULE(ban_char) = {
    .id = "TL211",
    .name = "ban-char",
    .summary = "char(n) pads with blanks",
    .since = "0.1",
    .family = TL_SCHEMA,
    .severity = TL_NOTE,
    .opt_in = true,
    .aliases = TL_ALIASES("ban-char-field", "banCharField"),
    .ops = TL_ON(TL_OP_CREATE_TABLE, TL_OP_ADD_COLUMN, TL_OP_ALTER_COLUMN_TYPE),
    .on_op = check,
};
