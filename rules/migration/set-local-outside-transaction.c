/*
 * set-local-outside-transaction - SET LOCAL lasts until the transaction ends;
 * outside of one that is at once.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!op->local || tl_in_transaction(ctx) != TL_NO)
        return;
    struct tl_str name = tl_quoted(ctx, op->name);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "This SET LOCAL does nothing: no transaction is open, and "
                  "%.*s is as before for the next statement.",
                  TL_FMT(name));
    tl_help(ctx, f, "Write SET %.*s, or open a transaction.", TL_FMT(name));
}

TL_RULE(set_local_outside_transaction) = {
    .id = "TL157",
    .name = "set-local-outside-transaction",
    .summary = "SET LOCAL outside of a transaction has no effect",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .ops = TL_ON(TL_OP_SET, TL_OP_RESET),
    .on_op = check,
};
