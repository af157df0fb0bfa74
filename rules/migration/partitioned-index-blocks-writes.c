/*
 * partitioned-index-blocks-writes - an index of a partitioned table is built
 * on one partition after the other while nobody can write to any of them.
 */
#include <tusklint/rule.h>

/* "legs_2025" of "legs" */
static bool is_named_after(const struct tl_relation *part,
                           const struct tl_relation *table)
{
    size_t n = table->name.name.n;

    return part->name.name.n > n + 1 && part->name.name.p[n] == '_' &&
           memcmp(part->name.name.p, table->name.name.p, n) == 0;
}

/* Partitions that no migration shows: has this file given tables that are named
   like them the index? Then CREATE INDEX finds it there. */
static bool parts_have_it(struct tl_ctx *ctx, const struct tl_op *op,
                          const struct tl_relation *table)
{
    struct tl_schema s = tl_before(ctx);

    TL_EACH_RELATION(s, part) {
        if (part->kind != TL_TABLE || !is_named_after(part, table))
            continue;
        TL_EACH_INDEX(s, part, index)
            if (tl_is_made_here(ctx, &index->row) &&
                tl_index_serves(index, op->index))
                return true;
    }
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *table = tl_relation(ctx, op->table);

    if (op->index->only || op->concurrently || op->effect.no_rows || !table ||
        tl_is_partitioned(ctx, op->table) != TL_YES ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    /* Each partition has its index, or the name is taken: nothing is built. */
    if (!op->effect.index_build)
        return;
    /* A function may have made partitions that no migration shows. */
    bool sure = tl_has_partitions(tl_before(ctx), table);
    if (!sure && parts_have_it(ctx, op, table))
        return;
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
