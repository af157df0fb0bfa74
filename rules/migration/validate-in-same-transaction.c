/*
 * validate-in-same-transaction - NOT VALID saves nothing when VALIDATE comes
 * before the lock is let go.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *r = tl_relation(ctx, op->table);
    const struct tl_constraint *c =
        r ? tl_find_constraint(tl_before(ctx), r, op->name) : NULL;

    if (!c || c->validated || tl_in_transaction(ctx) != TL_YES ||
        c->row.transaction != tl_transaction_number(ctx) ||
        tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "%.*s is validated in the transaction that adds it: its lock "
                  "on %.*s lasts until every row was checked.",
                  TL_FMT(tl_quoted(ctx, op->name)), TL_FMT(table));
    tl_related(ctx, f, c->row.made, "the constraint is added here");
    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f, "Put VALIDATE CONSTRAINT into a later migration.");
}

TL_RULE(validate_in_same_transaction) = {
    .id = "TL112",
    .name = "validate-in-same-transaction",
    .summary = "a constraint is validated in the transaction that adds it",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("constraint-missing-not-valid-same-transaction",
                          "not-valid-validate-same-tx"),
    .ops = TL_ON(TL_OP_VALIDATE_CONSTRAINT),
    .on_op = check,
};
