/*
 * multiple-strong-locks - a transaction that locks several tables against all
 * use holds the first while it waits for the next: long, and a deadlock when
 * others take them the other way round.
 */
#include <tusklint/rule.h>

/* Which table the index was on is not known. */
static bool is_nameless(const struct tl_ctx *ctx,
                        const struct tl_taken_lock *lock)
{
    return lock->op == TL_OP_DROP_INDEX && !tl_relation(ctx, lock->table);
}

/* Whoever drops a table no longer waits for it. */
static bool counts(const struct tl_ctx *ctx, const struct tl_taken_lock *lock)
{
    return lock->transaction == tl_transaction_number(ctx) && lock->in_use &&
           !lock->doomed && lock->lock == TL_ACCESS_EXCLUSIVE &&
           lock->op != TL_OP_LOCK_TABLE && lock->op != TL_OP_DROP_VIEW &&
           lock->op != TL_OP_CREATE_VIEW && !is_nameless(ctx, lock) &&
           !(lock->op == TL_OP_DROP_TABLE && lock->own);
}

static const struct tl_taken_lock *first_of(const struct tl_ctx *ctx,
                                            const struct tl_taken_lock *locks,
                                            uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (counts(ctx, &locks[i]))
            return &locks[i];
    return NULL;
}

/* Is it one that the first statement did not take too? */
static bool adds(const struct tl_ctx *ctx, const struct tl_taken_lock *end,
                 const struct tl_taken_lock *first,
                 const struct tl_taken_lock *lock)
{
    if (!counts(ctx, lock))
        return false;
    for (const struct tl_taken_lock *l = first;
         l < end && l->statement == first->statement; l++)
        if (counts(ctx, l) && tl_same_relation(l, lock))
            return false;
    return true;
}

/* The first one that adds to those of the first statement, if this statement
   takes it. */
static const struct tl_taken_lock *second_of(const struct tl_ctx *ctx,
                                             const struct tl_taken_lock *locks,
                                             uint32_t n,
                                             const struct tl_taken_lock *first)
{
    const struct tl_taken_lock *end = locks + n;
    const struct tl_taken_lock *now = end;

    while (now > first && now[-1].statement == tl_statement_number(ctx))
        now--;
    const struct tl_taken_lock *second = now;
    while (second < end && !adds(ctx, end, first, second))
        second++;
    for (const struct tl_taken_lock *l = first; second < end && l < now; l++)
        if (adds(ctx, end, first, l))
            return NULL;
    return second < end ? second : NULL;
}

/* The statement does not name it: it is on a foreign key's other side. */
static bool is_by_key(const struct tl_ctx *ctx,
                      const struct tl_taken_lock *lock)
{
    const struct tl_relation *r = tl_relation(ctx, lock->table);
    bool takes_keys = lock->op == TL_OP_DROP_TABLE ||
                      lock->op == TL_OP_DROP_COLUMN ||
                      lock->op == TL_OP_DROP_CONSTRAINT ||
                      lock->op == TL_OP_ALTER_COLUMN_TYPE;

    return !lock->own && takes_keys && r && !r->parent && r->kind == TL_TABLE;
}

static void check(struct tl_ctx *ctx)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);

    if (!n || locks[n - 1].statement != tl_statement_number(ctx) ||
        tl_in_transaction(ctx) != TL_YES)
        return;
    const struct tl_taken_lock *first = first_of(ctx, locks, n);
    const struct tl_taken_lock *second =
        first ? second_of(ctx, locks, n, first) : NULL;

    if (!second)
        return;
    struct tl_str a = tl_name_text(ctx, first->table);
    struct tl_str b = tl_name_text(ctx, second->table);
    struct tl_finding *f =
        tl_report(ctx, second->at,
                  "This locks %.*s against all use while the transaction "
                  "still holds such a lock on %.*s.",
                  TL_FMT(b), TL_FMT(a));
    tl_detail(ctx, f,
              "%sBoth stay locked until the transaction ends; a session that "
              "uses %.*s and then %.*s makes a deadlock of it",
              !is_by_key(ctx, second) ? ""
              : second->op == TL_OP_ALTER_COLUMN_TYPE
                  ? "A foreign key that is made anew shuts it, too. "
                  : "A foreign key that goes shuts it, too. ",
              TL_FMT(b), TL_FMT(a));
    tl_related(ctx, f, first->at, "%.*s is locked here", TL_FMT(a));
    tl_object(ctx, f, second->table, TL_NONE);
    tl_help(ctx, f, "Change one table in each migration.");
}

TL_RULE(multiple_strong_locks) = {
    .id = "TL142",
    .name = "multiple-strong-locks",
    .summary = "one transaction locks several tables against all use",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("wide-lock-window", "avoidWideLockWindow",
                          "multipleStrongLocks"),
    .on_statement = check,
};
