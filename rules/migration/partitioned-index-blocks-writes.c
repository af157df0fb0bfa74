/*
 * partitioned-index-blocks-writes - an index of a partitioned table is built
 * on one partition after the other while nobody can write to any of them.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *table = tl_relation(ctx, op->table);

    if (op->index->only || op->concurrently || op->effect.no_rows || !table ||
        tl_is_partitioned(ctx, op->table) != TL_YES ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    /* A function may have made partitions that no migration shows. */
    bool sure = tl_has_partitions(tl_before(ctx), table);
    struct tl_str name = tl_name_text(ctx, op->table);
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "CREATE INDEX on the partitioned table %.*s blocks writes "
        "to all %s until the last index is built.",
        TL_FMT(name), sure ? "its partitions" : "partitions that it may have");

    if (!sure)
        tl_set_severity(f, TL_NOTE);
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, TL_NONE);
    tl_help(ctx, f,
            "CREATE INDEX ON ONLY %.*s, build one with CONCURRENTLY on each "
            "partition, and ALTER INDEX ... ATTACH PARTITION each.",
            TL_FMT(name));
}

TL_RULE(partitioned_index_blocks_writes) = {
    .id = "TL103",
    .name = "partitioned-index-blocks-writes",
    .summary = "an index of a partitioned table blocks all its partitions",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .ops = TL_ON(TL_OP_CREATE_INDEX),
    .on_op = check,
};
