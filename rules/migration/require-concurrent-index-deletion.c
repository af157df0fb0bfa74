/*
 * require-concurrent-index-deletion - a plain DROP INDEX stops all use of the
 * table while it waits for its lock.
 */
#include <tusklint/rule.h>

static bool table_is_new(struct tl_ctx *ctx, const struct tl_index *index)
{
    const struct tl_relation *table =
        tl_relation_by_id(tl_before(ctx), index->relation);

    return table && tl_table_is_new(ctx, table->name) == TL_YES;
}

static bool on_partitioned(struct tl_ctx *ctx, const struct tl_index *index)
{
    const struct tl_relation *table =
        tl_relation_by_id(tl_before(ctx), index->relation);

    return table && table->kind == TL_PARTITIONED_TABLE;
}

/* Made in this transaction: nobody else has seen it. */
static bool is_new(struct tl_ctx *ctx, const struct tl_index *index)
{
    return tl_is_made_here(ctx, &index->row);
}

/* Whoever waits, waits for another statement of the transaction as well. */
static bool is_locked(struct tl_ctx *ctx, const struct tl_index *index)
{
    const struct tl_relation *table =
        tl_relation_by_id(tl_before(ctx), index->relation);

    return table && (tl_held_lock(ctx, table->name) == TL_ACCESS_EXCLUSIVE ||
                     tl_is_shut_later(ctx, table->name) ||
                     tl_is_dropped_later(ctx, table->name));
}

static struct tl_finding *report(struct tl_ctx *ctx, const struct tl_op *op,
                                 struct tl_name name,
                                 const struct tl_index *index)
{
    const struct tl_relation *table =
        index ? tl_relation_by_id(tl_before(ctx), index->relation) : NULL;
    struct tl_str text = tl_name_text(ctx, table ? table->name : name);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "DROP INDEX without CONCURRENTLY blocks reads and writes of "
                  "%s%.*s while it waits for its lock.",
                  table ? "" : "the table under ", TL_FMT(text));

    if (table)
        tl_object(ctx, f, table->name, index->name.name);
    else
        tl_object(ctx, f, name, TL_NONE);
    /* Nothing in the history makes it, so there may be nothing to drop. */
    if (!index && op->if_exists)
        tl_set_severity(f, TL_NOTE);
    return f;
}

/* A later statement that makes one of the name needs the old one gone. */
static void say_move(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_op *op, bool single)
{
    struct tl_str reason = tl_transaction_reason(ctx);
    struct tl_str marker = tl_no_transaction_marker(ctx);
    const char *before =
        tl_is_index_made_later(ctx, op->name) ? " before this one" : "";

    tl_help(ctx, f,
            "%s a migration of its own%s, outside of a transaction: "
            "%.*s%s%.*s.",
            single ? "Use DROP INDEX CONCURRENTLY in"
                   : "Write one DROP INDEX CONCURRENTLY (one name, no CASCADE) "
                     "for each index, each in",
            before, TL_FMT(reason), marker.n ? "; " : "", TL_FMT(marker));
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_name name = {op->table.schema, op->name};
    const struct tl_index *index = tl_find_index(tl_before(ctx), name);

    if (op->concurrently)
        return;
    if (index && (is_new(ctx, index) || table_is_new(ctx, index) ||
                  on_partitioned(ctx, index) || is_locked(ctx, index)))
        return;
    struct tl_finding *f = report(ctx, op, name, index);
    if (tl_in_transaction(ctx) == TL_YES)
        tl_detail(ctx, f,
                  "ACCESS EXCLUSIVE on the table and the index, until the "
                  "transaction ends; and everybody queues behind it while it "
                  "waits");
    else
        tl_detail(ctx, f,
                  "ACCESS EXCLUSIVE on the table and the index: for an "
                  "instant, but everybody queues behind it while a long query "
                  "runs");
    if (index)
        tl_related(ctx, f, index->row.made, "the index is made here");
    bool single = !op->one_of_many && !op->cascade;

    if (tl_in_transaction(ctx) == TL_YES) {
        say_move(ctx, f, op, single);
        return;
    }
    /* In a transaction that the tool opens it would be an error. */
    bool safe = tl_in_transaction(ctx) == TL_NO;

    if (!single) {
        tl_help(ctx, f,
                "Write one DROP INDEX CONCURRENTLY for each index, outside of "
                "a transaction: it takes one name and no CASCADE.");
        return;
    }
    tl_help(ctx, f,
            "Use DROP INDEX CONCURRENTLY, which waits without blocking "
            "others, outside of a transaction%s.",
            safe ? "" : "; see that the tool itself opens no transaction");
    if (op->keyword_end) {
        struct tl_fix *fix = tl_fix(ctx, f, safe ? TL_SAFE : TL_UNSAFE,
                                    "drop the index concurrently");

        tl_edit(ctx, fix, tl_text_span(ctx, op->keyword_end, op->keyword_end),
                " CONCURRENTLY");
    }
}

TL_RULE(require_concurrent_index_deletion) = {
    .id = "TL102",
    .name = "require-concurrent-index-deletion",
    .summary =
        "DROP INDEX without CONCURRENTLY blocks the table while it waits",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("drop-index-not-concurrent",
                          "requireConcurrentIndexDeletion", "PG102"),
    .ops = TL_ON(TL_OP_DROP_INDEX),
    .on_op = check,
};
