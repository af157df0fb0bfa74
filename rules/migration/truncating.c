/*
 * truncating - every row goes at once, and with CASCADE those of other tables.
 */
#include <tusklint/rule.h>

/* A table that CASCADE empties too, though nobody named it. */
static const struct tl_taken_lock *reached(const struct tl_ctx *ctx,
                                           const struct tl_op *op)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);

    for (uint32_t i = n; i > 0; i--) {
        const struct tl_taken_lock *lock = &locks[i - 1];

        if (lock->statement != tl_statement_number(ctx))
            return NULL;
        if (lock->op == TL_OP_TRUNCATE && !lock->own && lock->in_use &&
            lock->at.start == op->span.start)
            return lock;
    }
    return NULL;
}

static void say_instead(struct tl_ctx *ctx, struct tl_finding *f,
                        const struct tl_op *op)
{
    if (op->cascade)
        tl_help(ctx, f,
                "Name the tables, without CASCADE: PostgreSQL tells which are "
                "left.");
    else if (tl_gets_required_later(ctx, op->table))
        tl_help(ctx, f,
                "The NOT NULL column that this file adds needs the empty "
                "table: add it nullable, fill it or delete the rows in "
                "batches, outside of migrations, and set it NOT NULL later.");
    else
        tl_help(ctx, f,
                "Delete what is no longer wanted in batches, outside of "
                "migrations.");
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (tl_table_is_new(ctx, op->table) == TL_YES ||
        tl_table_is_empty(ctx, op->table) == TL_YES)
        return;
    const struct tl_taken_lock *other = op->cascade ? reached(ctx, op) : NULL;
    struct tl_str table = tl_name_text(ctx, op->table);
    struct tl_finding *f =
        other
            ? tl_report(ctx, op->span,
                        "TRUNCATE ... CASCADE deletes every row of %.*s and, "
                        "through foreign keys, of %.*s.",
                        TL_FMT(table), TL_FMT(tl_name_text(ctx, other->table)))
            : tl_report(ctx, op->span, "TRUNCATE deletes every row of %.*s.",
                        TL_FMT(table));

    if (!op->cascade)
        tl_set_severity(f, tl_in_down(ctx) ? TL_NOTE : TL_WARNING);
    tl_note_lock(ctx, f, op);
    tl_object(ctx, f, op->table, TL_NONE);
    say_instead(ctx, f, op);
}

TL_RULE(truncating) = {
    .id = "TL137",
    .name = "truncating",
    .summary = "TRUNCATE deletes every row of a table in use",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_ERROR,
    .aliases = TL_ALIASES("ban-truncate", "ban-truncate-cascade", "truncate",
                          "banTruncate", "banTruncateCascade"),
    .ops = TL_ON(TL_OP_TRUNCATE),
    .on_op = check,
};
