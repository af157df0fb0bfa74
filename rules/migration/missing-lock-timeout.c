/*
 * missing-lock-timeout - a statement that waits for a strong lock makes all
 * who come after it wait too; lock_timeout bounds that.
 */
#include <tusklint/rule.h>

static bool is_strong(const struct tl_taken_lock *lock)
{
    return lock->in_use && lock->lock >= TL_SHARE;
}

static void check(struct tl_ctx *ctx)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);
    uint32_t i = 0;

    while (i < n && (!is_strong(&locks[i]) || locks[i].timed ||
                     locks[i].down != tl_in_down(ctx)))
        i++;
    if (i == n || locks[i].statement != tl_statement_number(ctx))
        return;
    struct tl_str table = tl_name_text(ctx, locks[i].table);
    struct tl_span at = tl_statement_span(ctx);
    bool off = tl_lock_timeout(ctx) == 0;
    bool local = tl_in_transaction(ctx) == TL_YES;
    struct tl_finding *f = tl_report(
        ctx, locks[i].at,
        off ? "lock_timeout is switched off here: while this waits for its "
              "lock on %.*s, all others wait behind it."
            : "No lock_timeout is set: while this waits for its lock on %.*s, "
              "all others wait behind it.",
        TL_FMT(table));

    tl_detail(ctx, f, "%s on %.*s is waited for without a limit",
              tl_lock_name(locks[i].lock), TL_FMT(table));
    tl_object(ctx, f, locks[i].table, TL_NONE);
    tl_help(ctx, f,
            "SET %slock_timeout = '5s' before it, and run the migration again "
            "when it gives up.",
            local ? "LOCAL " : "");
    if (off)
        return;
    struct tl_fix *fix = tl_fix(ctx, f, TL_UNSAFE, "set lock_timeout");
    tl_edit(ctx, fix, (struct tl_span){at.start, at.start, at.source},
            "SET %slock_timeout = '5s';\n", local ? "LOCAL " : "");
}

TL_RULE(missing_lock_timeout) = {
    .id = "TL145",
    .name = "missing-lock-timeout",
    .summary = "a strong lock is waited for without a lock_timeout",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .opt_in = true,
    .aliases = TL_ALIASES("require-timeout-settings", "require-lock-timeout",
                          "lockTimeoutWarning", "E9"),
    .on_statement = check,
};
