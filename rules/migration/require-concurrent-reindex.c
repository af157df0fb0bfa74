/*
 * require-concurrent-reindex - a plain REINDEX blocks writes, and every query
 * whose plan uses the index.
 */
#include <tusklint/rule.h>

#define FIRST_WITH_CONCURRENTLY 12

static bool is_new(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (tl_str_is(op->value, "table"))
        return tl_table_is_new(ctx, op->table) == TL_YES;
    if (!tl_str_is(op->value, "index"))
        return false;
    const struct tl_name name = {op->table.schema, op->name};
    const struct tl_index *index = tl_find_index(tl_before(ctx), name);
    if (!index)
        return false;
    const struct tl_relation *table =
        tl_relation_by_id(tl_before(ctx), index->relation);
    return table && tl_table_is_new(ctx, table->name) == TL_YES;
}

/* REINDEX INDEX holds the one index; REINDEX TABLE each from its turn to the
   end of the transaction, and planning any query of the table opens them all.
   See sql-reindex.html, Notes. */
static struct tl_finding *report(struct tl_ctx *ctx, const struct tl_op *op)
{
    bool table = tl_str_is(op->value, "table");
    struct tl_str name = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        table ? tl_report(ctx, op->span,
                          "REINDEX without CONCURRENTLY blocks writes to "
                          "%.*s, and every query of it once the first index "
                          "is locked, until all are rebuilt.",
                          TL_FMT(name))
              : tl_report(ctx, op->span,
                          "REINDEX without CONCURRENTLY blocks writes to the "
                          "table, and queries that use the index, until it "
                          "is rebuilt.");

    tl_detail(ctx, f,
              table ? "SHARE on the table, ACCESS EXCLUSIVE on each index from "
                      "its turn on, until the transaction ends"
                    : "SHARE on the table, ACCESS EXCLUSIVE on the index while "
                      "it is rebuilt");
    tl_object(ctx, f, op->table, table ? TL_NONE : op->name);
    return f;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (op->concurrently || tl_str_is(op->value, "system") ||
        op->effect.no_rows || is_new(ctx, op))
        return;
    struct tl_finding *f = report(ctx, op);
    if (tl_pg_version(ctx) < FIRST_WITH_CONCURRENTLY) {
        tl_help(ctx, f,
                "Build a new index with CREATE INDEX CONCURRENTLY, drop the "
                "old one and rename: REINDEX CONCURRENTLY came with "
                "PostgreSQL 12.");
        return;
    }
    /* Between two transactions, queries would miss what the index lacks. */
    if (tl_was_updated(ctx, TL_STR("pg_index"))) {
        tl_help(ctx, f,
                "Leave pg_index alone and change the rows in batches: then no "
                "index misses any, and no REINDEX is needed.");
        return;
    }
    if (tl_in_transaction(ctx) == TL_YES) {
        struct tl_str reason = tl_transaction_reason(ctx);
        struct tl_str marker = tl_no_transaction_marker(ctx);

        tl_help(ctx, f,
                "Use REINDEX ... CONCURRENTLY in a migration of its own, "
                "outside of a transaction: %.*s%s%.*s.",
                TL_FMT(reason), marker.n ? "; " : "", TL_FMT(marker));
        return;
    }
    /* In a transaction that the tool opens it would be an error. */
    bool safe = tl_in_transaction(ctx) == TL_NO;

    tl_help(ctx, f, "Use REINDEX ... CONCURRENTLY outside of a transaction%s.",
            safe ? "" : "; see that the tool itself opens no transaction");
    if (op->keyword_end) {
        struct tl_fix *fix = tl_fix(ctx, f, safe ? TL_SAFE : TL_UNSAFE,
                                    "rebuild the index concurrently");

        tl_edit(ctx, fix, tl_text_span(ctx, op->keyword_end, op->keyword_end),
                " CONCURRENTLY");
    }
}

TL_RULE(require_concurrent_reindex) = {
    .id = "TL104",
    .name = "require-concurrent-reindex",
    .summary = "REINDEX without CONCURRENTLY blocks writes until it is done",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("reindex-non-concurrent", "requireConcurrentReindex"),
    .ops = TL_ON(TL_OP_REINDEX),
    .on_op = check,
};
