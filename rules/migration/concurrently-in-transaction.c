/*
 * concurrently-in-transaction - some statements refuse to run inside a
 * transaction block: the migration fails.
 */
#include <tusklint/rule.h>

static const char *words_of(const struct tl_op *op)
{
    switch (op->kind) {
    case TL_OP_CREATE_INDEX:
        return "CREATE INDEX CONCURRENTLY";
    case TL_OP_DROP_INDEX:
        return "DROP INDEX CONCURRENTLY";
    case TL_OP_REINDEX:
        return op->concurrently ? "REINDEX CONCURRENTLY" : "This REINDEX";
    case TL_OP_DETACH_PARTITION:
        return "DETACH PARTITION CONCURRENTLY";
    case TL_OP_VACUUM:
        return "VACUUM";
    case TL_OP_SYSTEM:
        return "ALTER SYSTEM";
    case TL_OP_ADD_ENUM_VALUE:
        return "ALTER TYPE ... ADD VALUE";
    default:
        return "This statement";
    }
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    struct tl_span begin;

    if (op->effect.transaction_ok != TL_NO || tl_in_transaction(ctx) != TL_YES)
        return;
    struct tl_str reason = tl_transaction_reason(ctx);
    struct tl_str marker = tl_no_transaction_marker(ctx);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "%s cannot run inside a transaction: PostgreSQL "
                  "refuses it.",
                  words_of(op));
    if (reason.n)
        tl_detail(ctx, f, "%.*s", TL_FMT(reason));
    tl_object(ctx, f, op->table, op->name);
    if (tl_transaction_begin(ctx, &begin)) {
        tl_related(ctx, f, begin, "the transaction begins here");
        tl_help(ctx, f,
                "End the transaction before it, or give the statement a "
                "migration of its own.");
        return;
    }
    if (marker.n)
        tl_help(ctx, f, "Give it a migration of its own and %.*s.",
                TL_FMT(marker));
    else
        tl_help(ctx, f,
                "Give it a migration of its own that the tool runs without a "
                "transaction.");
}

TL_RULE(concurrently_in_transaction) = {
    .id = "TL108",
    .name = "concurrently-in-transaction",
    .summary = "a statement that refuses to run in a transaction stands in one",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_ERROR,
    .aliases = TL_ALIASES("ban-concurrent-index-creation-in-transaction",
                          "concurrent-in-transaction",
                          "banConcurrentIndexCreationInTransaction", "PG103"),
    .ops = TL_ON(TL_OP_CREATE_INDEX, TL_OP_DROP_INDEX, TL_OP_REINDEX,
                 TL_OP_DETACH_PARTITION, TL_OP_VACUUM, TL_OP_CLUSTER,
                 TL_OP_DATABASE, TL_OP_SYSTEM, TL_OP_ADD_ENUM_VALUE,
                 TL_OP_OTHER),
    .on_op = check,
};
