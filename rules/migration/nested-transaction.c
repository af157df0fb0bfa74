/*
 * nested-transaction - PostgreSQL has one transaction at a time: a second
 * BEGIN does nothing, and the first COMMIT ends what another one began.
 */
#include <tusklint/rule.h>

static void say_begin(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_span begin;
    struct tl_str reason = tl_transaction_reason(ctx);
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "This BEGIN does nothing: a transaction is open already, and the next "
        "COMMIT ends it.");

    if (tl_transaction_begin(ctx, &begin)) {
        tl_related(ctx, f, begin, "the transaction begins here");
        tl_help(ctx, f, "End the first one before it, or remove this BEGIN.");
        return;
    }
    if (reason.n)
        tl_detail(ctx, f, "%.*s", TL_FMT(reason));
    tl_help(ctx, f, "Remove it and the COMMIT that belongs to it.");
}

static void say_end(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_str marker = tl_no_transaction_marker(ctx);
    const char *word = op->kind == TL_OP_COMMIT ? "COMMIT" : "ROLLBACK";

    if (!marker.n) {
        struct tl_finding *f = tl_report(
            ctx, op->span, "This %s does nothing: no transaction is open here.",
            word);
        tl_help(ctx, f, "Remove it, or begin the transaction that it ends.");
        return;
    }
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "This %s ends the migration tool's own transaction: what "
                  "comes before it %s, however the rest ends.",
                  word, op->kind == TL_OP_COMMIT ? "stays" : "is lost");
    tl_help(ctx, f, "Remove it, or %.*s.", TL_FMT(marker));
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!tl_transaction_is_misplaced(ctx) ||
        tl_str_is(op->value, "to savepoint"))
        return;
    if (op->kind == TL_OP_BEGIN)
        say_begin(ctx, op);
    else
        say_end(ctx, op);
}

static void check_end(struct tl_ctx *ctx)
{
    struct tl_span begin;

    if (!tl_transaction_begin(ctx, &begin) || tl_tool_commits(ctx))
        return;
    struct tl_finding *f =
        tl_report(ctx, begin,
                  "The file ends before this transaction does: nothing of "
                  "it is kept, or its locks stay.");
    tl_help(ctx, f, "End it with COMMIT.");
}

TL_RULE(nested_transaction) = {
    .id = "TL148",
    .name = "nested-transaction",
    .summary = "BEGIN and COMMIT do not match, or meet the tool's own",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_ERROR,
    .aliases = TL_ALIASES("transaction-nesting", "ban-uncommitted-transaction",
                          "transactionNesting", "unclosed-transaction"),
    .ops = TL_ON(TL_OP_BEGIN, TL_OP_COMMIT, TL_OP_ROLLBACK),
    .on_op = check,
    .on_file_end = check_end,
};
