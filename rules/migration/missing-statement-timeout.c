/*
 * missing-statement-timeout - a statement that holds a strong lock and takes
 * longer than thought is ended by statement_timeout, and by nothing else.
 */
#include <tusklint/rule.h>

/* What may last; the rest takes an instant. */
static const uint16_t judged[] = {
    TL_OP_CREATE_INDEX,     TL_OP_DROP_INDEX,       TL_OP_ADD_COLUMN,
    TL_OP_DROP_COLUMN,      TL_OP_RENAME_COLUMN,    TL_OP_ALTER_COLUMN_TYPE,
    TL_OP_SET_NOT_NULL,     TL_OP_ADD_CONSTRAINT,   TL_OP_DROP_CONSTRAINT,
    TL_OP_RENAME_TABLE,     TL_OP_SET_SCHEMA,       TL_OP_ALTER_TABLE_OTHER,
    TL_OP_ATTACH_PARTITION, TL_OP_DETACH_PARTITION, TL_OP_CREATE_TRIGGER,
    TL_OP_DROP_TRIGGER,     TL_OP_TRUNCATE,         TL_OP_CLUSTER,
    TL_OP_VACUUM,           TL_OP_REFRESH_MATVIEW,  TL_LIST_END,
};

static bool is_judged(enum tl_op_kind kind)
{
    for (const uint16_t *j = judged; *j != TL_LIST_END; j++)
        if (*j == (uint16_t)kind)
            return true;
    return false;
}

/* Those that must be let to end: a broken CONCURRENTLY leaves an index that
   is no use, and rows are changed in batches. */
static bool is_meant_to_last(const struct tl_taken_lock *lock)
{
    return lock->lock < TL_SHARE;
}

static bool is_bounded_now(const struct tl_ctx *ctx)
{
    return tl_statement_timeout(ctx) > 0;
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);
    uint32_t i = 0;

    while (i < n && (!locks[i].in_use || !is_judged(locks[i].op) ||
                     is_meant_to_last(&locks[i])))
        i++;
    if (i == n || locks[i].statement != tl_statement_number(ctx) ||
        locks[i].at.start != op->span.start || is_bounded_now(ctx))
        return;
    struct tl_str table = tl_name_text(ctx, locks[i].table);
    struct tl_finding *f = tl_report(
        ctx, op->span,
        "No statement_timeout is set: should this take long, %.*s stays locked "
        "for as long.",
        TL_FMT(table));

    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, locks[i].table, TL_NONE);
    tl_help(ctx, f,
            "SET statement_timeout before it to the longest time that others "
            "may wait.");
}

TL_RULE(missing_statement_timeout) = {
    .id = "TL146",
    .name = "missing-statement-timeout",
    .summary = "a strong lock is held without a statement_timeout",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .opt_in = true,
    .aliases = TL_ALIASES("require-statement-timeout",
                          "requireStatementTimeout"),
    .ops = judged,
    .on_op = check,
};
