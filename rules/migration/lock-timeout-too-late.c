/*
 * lock-timeout-too-late - a lock_timeout that is set behind the statement it
 * was meant for.
 */
#include <tusklint/rule.h>

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);

    if (!tl_str_is(op->name, "lock_timeout") || tl_lock_timeout(ctx) <= 0)
        return;
    for (uint32_t i = 0; i < n; i++) {
        const struct tl_taken_lock *lock = &locks[i];

        if (lock->timed && lock->down == tl_in_down(ctx))
            return; /* one was set before, this is another one */
        if (!lock->in_use || lock->lock < TL_SHARE_ROW_EXCLUSIVE ||
            lock->down != tl_in_down(ctx))
            continue;
        struct tl_str table = tl_name_text(ctx, lock->table);
        struct tl_finding *f =
            tl_report(ctx, op->span,
                      "This lock_timeout comes too late: %.*s was locked "
                      "before it.",
                      TL_FMT(table));
        tl_related(ctx, f, lock->at, "%s on %.*s is taken here",
                   tl_lock_name(lock->lock), TL_FMT(table));
        tl_object(ctx, f, lock->table, TL_NONE);
        tl_help(ctx, f, "Set it before the first statement.");
        return;
    }
}

TL_RULE(lock_timeout_too_late) = {
    .id = "TL147",
    .name = "lock-timeout-too-late",
    .summary = "lock_timeout is set behind the statement that needs it",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("lock-timeout-after-dangerous-statement"),
    .ops = TL_ON(TL_OP_SET),
    .on_op = check,
};
