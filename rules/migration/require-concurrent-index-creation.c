/*
 * require-concurrent-index-creation - a plain CREATE INDEX blocks every write
 * to the table until the index is built.
 */
#include <tusklint/rule.h>

static bool has_new_key(const struct tl_ctx *ctx, const struct tl_op *op)
{
    for (uint32_t i = 0; i < op->index->n_keys; i++)
        if (op->index->keys[i].column.n &&
            tl_column_is_new(ctx, op->table, op->index->keys[i].column))
            return true;
    return false;
}

/* A foreign key needs the unique index of what it refers to. */
static void say_move(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_op *op)
{
    struct tl_str reason = tl_transaction_reason(ctx);
    struct tl_str marker = tl_no_transaction_marker(ctx);
    bool needed = op->index->unique && !op->index->predicate.n &&
                  tl_is_referred_to_later(ctx, op->table);
    bool before = needed && !has_new_key(ctx, op);

    tl_help(ctx, f,
            "Build it with CREATE INDEX CONCURRENTLY in a migration of its "
            "own%s, outside of a transaction: %.*s%s%.*s%s.",
            before ? " before this one" : "", TL_FMT(reason),
            marker.n ? "; " : "", TL_FMT(marker),
            needed && !before ? "; foreign keys that need it come after that"
                              : "");
}

static void say_how_outside_transaction(struct tl_ctx *ctx,
                                        struct tl_finding *f,
                                        const struct tl_op *op)
{
    if (tl_in_transaction(ctx) != TL_YES) {
        bool none = tl_in_transaction(ctx) == TL_NO;

        tl_help(ctx, f,
                "Build it with CREATE INDEX CONCURRENTLY, which lets writes "
                "pass, outside of a transaction%s.",
                none ? "" : "; see that the tool itself opens no transaction");
        return;
    }
    say_move(ctx, f, op);
}

/* A failed build leaves an invalid index, which IF NOT EXISTS would take for
   the one that is wanted: it has to go first. */
static void drop_what_failed(struct tl_ctx *ctx, struct tl_fix *fix,
                             const struct tl_op *op)
{
    struct tl_str name = tl_full_name_text(
        ctx, (struct tl_name){op->table.schema, op->index->name});

    tl_edit(ctx, fix, tl_text_span(ctx, 0, 0),
            "DROP INDEX CONCURRENTLY IF EXISTS %.*s;\n", TL_FMT(name));
}

static void offer_fix(struct tl_ctx *ctx, struct tl_finding *f,
                      const struct tl_op *op)
{
    bool trusts = op->if_not_exists;

    if (tl_in_transaction(ctx) == TL_YES || !op->index->name.n ||
        !op->keyword_end || (trusts && tl_is_one_command(ctx)))
        return;
    /* In a transaction that the tool opens it would be an error. */
    bool safe = !trusts && tl_in_transaction(ctx) == TL_NO;
    struct tl_fix *fix = tl_fix(ctx, f, safe ? TL_SAFE : TL_UNSAFE,
                                trusts ? "drop what a failed build left, and "
                                         "build the index concurrently"
                                       : "build the index concurrently");

    if (trusts)
        drop_what_failed(ctx, fix, op);
    tl_edit(ctx, fix, tl_text_span(ctx, op->keyword_end, op->keyword_end),
            " CONCURRENTLY");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (op->concurrently || op->effect.no_rows ||
        tl_table_is_new(ctx, op->table) == TL_YES)
        return;
    /* CONCURRENTLY is not allowed on a partitioned table, and ON ONLY builds
       nothing. */
    if (op->index->only || tl_is_partitioned(ctx, op->table) == TL_YES)
        return;
    const struct tl_relation *table = tl_relation(ctx, op->table);
    if (table && table->kind == TL_MATVIEW && table->without_data)
        return;
    /* IF NOT EXISTS, and it does. */
    if (!op->effect.index_build)
        return;
    struct tl_str name = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "CREATE INDEX without CONCURRENTLY blocks writes to %.*s "
                  "until the index is built.",
                  TL_FMT(name));
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, op->index->name);
    say_how_outside_transaction(ctx, f, op);
    offer_fix(ctx, f, op);
}

TL_RULE(require_concurrent_index_creation) = {
    .id = "TL101",
    .name = "require-concurrent-index-creation",
    .summary = "CREATE INDEX without CONCURRENTLY blocks writes to the table",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("create-index-not-concurrent",
                          "requireConcurrentIndexCreation", "E6", "PG101"),
    .ops = TL_ON(TL_OP_CREATE_INDEX),
    .on_op = check,
};
