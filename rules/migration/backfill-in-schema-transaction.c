/*
 * backfill-in-schema-transaction - an UPDATE or DELETE of many rows, while an
 * earlier statement of the transaction keeps the table locked against all use.
 */
#include <tusklint/rule.h>

static bool holds_table(const struct tl_ctx *ctx,
                        const struct tl_taken_lock *lock,
                        const struct tl_taken_lock *own)
{
    return lock->transaction == tl_transaction_number(ctx) &&
           lock->statement < tl_statement_number(ctx) && lock->in_use &&
           lock->lock == TL_ACCESS_EXCLUSIVE && lock->op != TL_OP_LOCK_TABLE &&
           tl_same_relation(lock, own);
}

/* What this statement writes to, by the name that locks are kept under. */
static const struct tl_taken_lock *own_lock(const struct tl_ctx *ctx,
                                            const struct tl_op *op,
                                            const struct tl_taken_lock *locks,
                                            uint32_t n)
{
    for (uint32_t i = n; i > 0; i--) {
        if (locks[i - 1].statement != tl_statement_number(ctx))
            return NULL;
        if (locks[i - 1].op == op->kind && locks[i - 1].own)
            return &locks[i - 1];
    }
    return NULL;
}

static bool is_key(struct tl_schema s, const struct tl_relation *table,
                   struct tl_str column)
{
    TL_EACH_CONSTRAINT(s, table, c)
        if ((c->kind == TL_PRIMARY_KEY || c->kind == TL_UNIQUE) &&
            c->n_columns == 1 && tl_str_eq(c->columns[0], column))
            return true;
    return false;
}

/* WHERE id = 4: an instant's work. */
static bool is_one_row(struct tl_ctx *ctx, const struct tl_op *op)
{
    const struct tl_relation *table = tl_relation(ctx, op->table);
    uint32_t n;
    const struct tl_predicate *p = tl_predicates(ctx, &n);

    for (uint32_t i = 0; table && i < n; i++)
        if (tl_str_is(p[i].op, "=") && !p[i].under_or && !p[i].negated &&
            p[i].wrap == TL_WRAP_NONE && p[i].value_is_constant &&
            !p[i].value_is_column && p[i].ref.relation &&
            p[i].ref.relation->id == table->id &&
            is_key(tl_before(ctx), table, p[i].ref.column))
            return true;
    return false;
}

/* SET NOT NULL, a CHECK, a DROP of what the rows came from ... */
static void say_when(struct tl_ctx *ctx, struct tl_finding *f)
{
    if (tl_is_touched_later(ctx))
        tl_help(ctx, f,
                "Change the rows in a later migration, in batches, each in a "
                "transaction of its own; what has to come after that goes "
                "there, too.");
    else
        tl_help(ctx, f,
                "Change the rows in a later migration, in batches, each in a "
                "transaction of its own.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);
    const struct tl_taken_lock *own = own_lock(ctx, op, locks, n);

    if (!own || !own->in_use || tl_in_transaction(ctx) != TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES ||
        tl_has_one_row(ctx, op->table) || is_one_row(ctx, op))
        return;
    for (uint32_t i = 0; i < n; i++) {
        if (!holds_table(ctx, &locks[i], own))
            continue;
        struct tl_str table = tl_name_text(ctx, op->table);
        struct tl_finding *f =
            tl_report(ctx, op->span,
                      "Nobody can use %.*s while these rows are written: the "
                      "transaction has locked it.",
                      TL_FMT(table));
        tl_detail(ctx, f,
                  "ACCESS EXCLUSIVE on %.*s: blocks reads and writes until "
                  "the transaction ends",
                  TL_FMT(table));
        tl_related(ctx, f, locks[i].at, "the lock is taken here");
        tl_object(ctx, f, op->table, TL_NONE);
        say_when(ctx, f);
        return;
    }
}

TL_RULE(backfill_in_schema_transaction) = {
    .id = "TL141",
    .name = "backfill-in-schema-transaction",
    .summary = "rows are rewritten while the transaction locks their table",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("backfill-in-migration", "backfilling_data"),
    .ops = TL_ON(TL_OP_UPDATE, TL_OP_DELETE),
    .on_op = check,
};
