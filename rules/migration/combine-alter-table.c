/*
 * combine-alter-table - two statements that each go through the whole table;
 * as one they would go through it once.
 */
#include <tusklint/rule.h>

static bool is_pass(const struct tl_taken_lock *lock)
{
    return lock->own && lock->in_use && lock->lock == TL_ACCESS_EXCLUSIVE &&
           (lock->effect.rewrite ||
            (lock->effect.scan && !lock->effect.index_build)) &&
           lock->op != TL_OP_CLUSTER && lock->op != TL_OP_VACUUM &&
           lock->op != TL_OP_REFRESH_MATVIEW;
}

static const struct tl_taken_lock *pass_of(const struct tl_taken_lock *locks,
                                           uint32_t n, uint32_t statement)
{
    for (uint32_t i = n; i > 0 && locks[i - 1].statement >= statement; i--)
        if (locks[i - 1].statement == statement && is_pass(&locks[i - 1]))
            return &locks[i - 1];
    return NULL;
}

static void check(struct tl_ctx *ctx)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);
    uint32_t now = tl_statement_number(ctx);
    const struct tl_taken_lock *this = pass_of(locks, n, now);
    const struct tl_taken_lock *last = pass_of(locks, n, now - 1);

    if (!this || !last || !tl_name_eq(this->table, last->table) ||
        this->down != last->down)
        return;
    struct tl_finding *f =
        tl_report(ctx, this->at,
                  "This goes through all of %.*s once more: the statement "
                  "before it did, too.",
                  TL_FMT(tl_name_text(ctx, this->table)));

    tl_related(ctx, f, last->at, "the first time");
    tl_object(ctx, f, this->table, TL_NONE);
    tl_help(ctx, f,
            "Write both changes into one ALTER TABLE, which goes through the "
            "table once.");
}

TL_RULE(combine_alter_table) = {
    .id = "TL144",
    .name = "combine-alter-table",
    .summary = "ALTER TABLE statements in a row each read or write it whole",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("multiple-alter-table", "multipleAlterTable", "W12"),
    .on_statement = check,
};
