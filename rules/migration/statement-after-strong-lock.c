/*
 * statement-after-strong-lock - a scan, a rewrite or an index build makes a
 * lock that was meant for an instant last as long as it takes.
 */
#include <tusklint/rule.h>

static bool is_system(struct tl_str table)
{
    return table.n > 3 && memcmp(table.p, "pg_", 3) == 0;
}

static bool writes_rows(const struct tl_taken_lock *lock)
{
    return lock->op == TL_OP_UPDATE || lock->op == TL_OP_DELETE;
}

static bool is_slow(const struct tl_taken_lock *lock)
{
    const struct tl_effect *e = &lock->effect;

    return lock->own && lock->in_use && !is_system(lock->table.name) &&
           lock->op != TL_OP_VALIDATE_CONSTRAINT &&
           (e->scan || e->rewrite || e->index_build);
}

/* Writing all of one row is no work. */
static bool is_one_row(const struct tl_ctx *ctx,
                       const struct tl_taken_lock *lock)
{
    return writes_rows(lock) && tl_has_one_row(ctx, lock->table);
}

/* A sequence is in the way of its table's new rows alone. */
static bool is_held(const struct tl_taken_lock *lock)
{
    return lock->in_use && !lock->doomed && !lock->owner &&
           lock->lock == TL_ACCESS_EXCLUSIVE && lock->op != TL_OP_LOCK_TABLE &&
           lock->op != TL_OP_DROP_VIEW && !lock->tableless &&
           !(lock->op == TL_OP_DROP_TABLE && lock->own);
}

/* Worse than what the slow one takes itself? That its own rows are written is
   backfill-in-schema-transaction's. */
static bool lasts(const struct tl_taken_lock *held,
                  const struct tl_taken_lock *slow)
{
    return !tl_same_relation(held, slow) ||
           (slow->lock < TL_ACCESS_EXCLUSIVE && !writes_rows(slow));
}

/* As the table is called now. */
static struct tl_name name_now(const struct tl_ctx *ctx,
                               const struct tl_taken_lock *lock)
{
    const struct tl_relation *r =
        tl_relation_by_id(tl_before(ctx), lock->relation);

    return r ? r->name : lock->table;
}

/* The first lock that is held, and the first on another table than that.
   A table that the file proves to be empty counts last: few will miss it. */
struct held {
    const struct tl_taken_lock *first;
    const struct tl_taken_lock *other;
    const struct tl_taken_lock *empty;
};

static bool is_proved_empty(const struct tl_ctx *ctx,
                            const struct tl_taken_lock *lock)
{
    struct tl_name name = name_now(ctx, lock);

    return tl_table_is_empty(ctx, name) == TL_YES &&
           !tl_is_emptied_here(ctx, name);
}

static bool is_on(const struct tl_taken_lock *held,
                  const struct tl_taken_lock *lock)
{
    return held && tl_same_relation(held, lock);
}

static void hold(const struct tl_ctx *ctx, struct held *h,
                 const struct tl_taken_lock *lock)
{
    if ((h->first && h->other) || !is_held(lock) || is_on(h->first, lock) ||
        is_on(h->empty, lock))
        return;
    if (is_proved_empty(ctx, lock))
        h->empty = h->empty ? h->empty : lock;
    else if (!h->first)
        h->first = lock;
    else
        h->other = lock;
}

static const struct tl_taken_lock *lasting(const struct held *h,
                                           const struct tl_taken_lock *slow)
{
    const struct tl_taken_lock *const locks[] = {h->first, h->other, h->empty};

    for (size_t i = 0; i < sizeof(locks) / sizeof(locks[0]); i++)
        if (locks[i] && locks[i]->statement < slow->statement &&
            lasts(locks[i], slow))
            return locks[i];
    return NULL;
}

/* Said of the transaction's first slow statement alone. */
static const struct tl_taken_lock *first_slow(const struct tl_ctx *ctx,
                                              const struct tl_taken_lock *locks,
                                              uint32_t n,
                                              const struct tl_taken_lock **held)
{
    struct held h = {NULL, NULL, NULL};

    for (uint32_t i = 0; i < n; i++) {
        if (locks[i].transaction != tl_transaction_number(ctx))
            continue;
        *held = is_slow(&locks[i]) ? lasting(&h, &locks[i]) : NULL;
        if (*held && !is_one_row(ctx, &locks[i]))
            return &locks[i];
        hold(ctx, &h, &locks[i]);
    }
    return NULL;
}

/* A LOCK TABLE before it took what it found taken. */
static const struct tl_taken_lock *
taken_first(const struct tl_taken_lock *locks, const struct tl_taken_lock *held)
{
    for (const struct tl_taken_lock *l = locks; l < held; l++)
        if (l->transaction == held->transaction &&
            l->lock == TL_ACCESS_EXCLUSIVE && tl_same_relation(l, held))
            return l;
    return held;
}

static const char *what_it_does(const struct tl_taken_lock *slow)
{
    if (slow->effect.rewrite)
        return "is rewritten";
    if (slow->effect.index_build)
        return "gets its index";
    if (writes_rows(slow) && !slow->has_where)
        return slow->op == TL_OP_UPDATE ? "is written whole"
                                        : "is emptied row by row";
    return "is read whole";
}

/* What comes after it may be a function that needs its index, SET NOT NULL ...
 */
static void say_where(struct tl_ctx *ctx, struct tl_finding *f,
                      const struct tl_taken_lock *slow)
{
    /* Until it has run, queries that use the indexes miss rows. */
    if (slow->op == TL_OP_REINDEX && tl_was_updated(ctx, TL_STR("pg_index")))
        tl_help(ctx, f,
                "Leave pg_index alone and change the rows in batches: then no "
                "index has to be built again.");
    else if (tl_is_touched_later(ctx))
        tl_help(ctx, f,
                "Put what takes long into a migration of its own, and what "
                "has to come after it into another.");
    else
        tl_help(ctx, f, "Put what takes long into a migration of its own.");
}

static void check(struct tl_ctx *ctx)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);
    const struct tl_taken_lock *held = NULL;

    if (!n || locks[n - 1].statement != tl_statement_number(ctx) ||
        tl_in_transaction(ctx) != TL_YES)
        return;
    const struct tl_taken_lock *slow = first_slow(ctx, locks, n, &held);

    if (!slow || slow->statement != tl_statement_number(ctx) ||
        tl_table_is_empty(ctx, slow->table) == TL_YES)
        return;
    struct tl_str table = tl_name_text(ctx, name_now(ctx, held));
    struct tl_str other = tl_same_relation(held, slow)
                              ? TL_STR("it")
                              : tl_name_text(ctx, name_now(ctx, slow));
    struct tl_finding *f = tl_report(
        ctx, slow->at,
        "Nobody can use %.*s while %.*s %s: the transaction has locked %.*s.",
        TL_FMT(table), TL_FMT(other), what_it_does(slow), TL_FMT(table));

    tl_detail(ctx, f,
              "ACCESS EXCLUSIVE on %.*s: blocks reads and writes until the "
              "transaction ends",
              TL_FMT(table));
    tl_related(ctx, f, taken_first(locks, held)->at, "the lock is taken here");
    tl_object(ctx, f, name_now(ctx, held), TL_NONE);
    say_where(ctx, f, slow);
}

TL_RULE(statement_after_strong_lock) = {
    .id = "TL143",
    .name = "statement-after-strong-lock",
    .summary = "a slow statement makes an earlier exclusive lock last",
    .since = "0.1",
    .family = TL_MIGRATION,
    .severity = TL_WARNING,
    .aliases = TL_ALIASES("statement-after-access-exclusive", "E4",
                          "runningStatementWhileHoldingAccessExclusive"),
    .on_statement = check,
};
