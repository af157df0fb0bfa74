/*
 * renaming-enum-value - code that is running still writes the old label.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_str type = tl_name_text(ctx, op->table);

    if (!tl_str_is(op->value, "rename enum value"))
        return;
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "Renaming '%.*s' of %.*s to '%.*s' breaks code that still writes or "
        "compares with the old label.",
        TL_FMT(op->column), TL_FMT(type), TL_FMT(op->new_name));

    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "Add the new label, have code read both and write the new one, and "
            "update the rows; the old label can stay.");
}

TL_RULE(renaming_enum_value) = {
    .id = "TL158",
    .name = "renaming-enum-value",
    .summary = "a renamed enum label breaks code that is still running",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .ops = TL_ON(TL_OP_OTHER),
    .on_op = check,
};
