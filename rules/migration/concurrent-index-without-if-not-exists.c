/*
 * concurrent-index-without-if-not-exists - a CONCURRENTLY build that failed
 * leaves an invalid index behind, which IF NOT EXISTS takes for the real one.
 */
#include <tusklint/rule.h>

/* A DROP INDEX before it clears away what a failure left. */
static bool is_dropped_before(const struct tl_ctx *ctx, struct tl_str name)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);

    for (uint32_t i = 0; i < n; i++)
        if (locks[i].op == TL_OP_DROP_INDEX && tl_str_eq(locks[i].index, name))
            return true;
    return false;
}

/* A second statement would make a transaction of a file that is sent as one
   command, and no CONCURRENTLY may stand in one. */
static void say_how(struct tl_ctx *ctx, struct tl_finding *f,
                    struct tl_str name)
{
    if (tl_is_one_command(ctx))
        tl_help(ctx, f,
                "Leave out IF NOT EXISTS: a second run then fails instead of "
                "passing, until you DROP INDEX CONCURRENTLY %.*s; by hand.",
                TL_FMT(name));
    else
        tl_help(ctx, f,
                "DROP INDEX CONCURRENTLY IF EXISTS %.*s; before it, and no IF "
                "NOT EXISTS.",
                TL_FMT(name));
}

static void check(struct tl_ctx *ctx, const struct tl_op *op)
{
    if (!op->concurrently || !op->if_not_exists || !op->index->name.n ||
        is_dropped_before(ctx, op->index->name))
        return;
    struct tl_str name = tl_quoted(ctx, op->index->name);
    struct tl_finding *f =
        tl_report(ctx, op->span,
                  "When this build fails, IF NOT EXISTS accepts the invalid "
                  "index %.*s that it leaves, and the migration passes.",
                  TL_FMT(name));
    tl_object(ctx, f, op->table, TL_NONE);
    say_how(ctx, f, name);
}

TL_RULE(concurrent_index_without_if_not_exists) = {
    .id = "TL109",
    .name = "concurrent-index-without-if-not-exists",
    .summary = "IF NOT EXISTS accepts what a failed CONCURRENTLY build left",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_NOTE,
    .aliases = TL_ALIASES("concurrent-index-if-not-exists"),
    .ops = TL_ON(TL_OP_CREATE_INDEX),
    .on_op = check,
};
