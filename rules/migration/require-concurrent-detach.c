/*
 * require-concurrent-detach - DETACH PARTITION locks the partitioned table
 * against all use; with CONCURRENTLY it waits without stopping anybody.
 */
#include <tusklint/rule.h>

#define CONCURRENTLY_SINCE 14

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *parent = tl_relation(ctx, op->table);

    if (op->concurrently || tl_pg_version(ctx) < CONCURRENTLY_SINCE ||
        op->effect.lock != TL_ACCESS_EXCLUSIVE ||
        tl_table_is_new(ctx, op->table) == TL_YES ||
        (parent && tl_has_default_partition(tl_before(ctx), parent)))
        return;
    struct tl_str name = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "DETACH PARTITION blocks reads and writes of %.*s while it "
                  "waits for its lock.",
                  TL_FMT(name));
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "DETACH PARTITION ... CONCURRENTLY lets reads and writes pass; it "
            "needs a migration without a transaction.");
    if (tl_in_transaction(ctx) == TL_YES)
        return;
    /* In a transaction that the tool opens it would be an error. */
    bool safe = tl_in_transaction(ctx) == TL_NO;
    struct tl_fix *fix = tl_fix(ctx, f, safe ? TL_SAFE : TL_UNSAFE,
                                "detach the partition concurrently");
    tl_edit(ctx, fix,
            (struct tl_span){op->span.end, op->span.end, op->span.source},
            " CONCURRENTLY");
}

TL_RULE(require_concurrent_detach) = {
    .id = "TL107",
    .name = "require-concurrent-detach",
    .summary = "DETACH PARTITION without CONCURRENTLY blocks the whole table",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("require-concurrent-partition-detach",
                          "detach-partition",
                          "requireConcurrentDetachPartition"),
    .ops = TL_ON(TL_OP_DETACH_PARTITION),
    .on_op = check,
};
