/*
 * multiple-strong-locks - a transaction that locks several tables against all
 * use holds the first while it waits for the next: long, and a deadlock when
 * others take them the other way round.
 */
#include <tusklint/rule.h>

/* Does it keep others out to the end? Whoever drops a table no longer waits for
   it. */
static bool counts(const struct tl_ctx *ctx, const struct tl_taken_lock *lock)
{
    return lock->transaction == tl_transaction_number(ctx) && lock->in_use &&
           !lock->doomed && lock->lock == TL_ACCESS_EXCLUSIVE &&
           lock->op != TL_OP_DROP_VIEW && lock->op != TL_OP_CREATE_VIEW &&
           !lock->tableless && !(lock->op == TL_OP_DROP_TABLE && lock->own);
}

/* A sequence is one with the table that it numbers. */
static bool is_same(const struct tl_taken_lock *a,
                    const struct tl_taken_lock *b)
{
    uint32_t ta = a->owner ? a->owner : a->relation;
    uint32_t tb = b->owner ? b->owner : b->relation;

    return ta && tb ? ta == tb : tl_same_relation(a, b);
}

/* Of a transaction that holds as many nothing is said. */
#define MAX_LOCKED 256

/* What the transaction holds before it adds to it: what the first statement
   took, and what LOCK TABLE did, whose writer knows. */
struct held {
    const struct tl_taken_lock *first;
    const struct tl_taken_lock *locked[MAX_LOCKED];
    uint32_t n_locked;
};

static bool adds(const struct held *h, const struct tl_taken_lock *lock)
{
    if (h->n_locked == MAX_LOCKED)
        return false;
    for (uint32_t i = 0; i < h->n_locked; i++)
        if (is_same(h->locked[i], lock))
            return false;
    return true;
}

/* Is the lock one of the first statement's, or of LOCK TABLE? Then it is kept.
 */
static bool keep(struct held *h, const struct tl_taken_lock *lock)
{
    if (!h->first)
        h->first = lock;
    if (lock->op != TL_OP_LOCK_TABLE && lock->statement != h->first->statement)
        return false;
    if (h->n_locked < MAX_LOCKED)
        h->locked[h->n_locked++] = lock;
    return true;
}

/* Does the statement at hand lock another table than the first one that counts?
   Most lock the same, and are done with. */
static bool may_add(const struct tl_ctx *ctx, const struct tl_taken_lock *locks,
                    uint32_t n)
{
    uint32_t first = 0;

    while (first < n && !counts(ctx, &locks[first]))
        first++;
    for (uint32_t i = n; i > first; i--) {
        if (locks[i - 1].statement != tl_statement_number(ctx))
            return false;
        if (!is_same(&locks[first], &locks[i - 1]) &&
            counts(ctx, &locks[i - 1]))
            return true;
    }
    return false;
}

/* The first one that adds to what is held, if this statement takes it. */
static const struct tl_taken_lock *second_of(const struct tl_ctx *ctx,
                                             const struct tl_taken_lock *locks,
                                             uint32_t n, struct held *h)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!counts(ctx, &locks[i]) || keep(h, &locks[i]) ||
            !adds(h, &locks[i]))
            continue;
        return locks[i].statement == tl_statement_number(ctx) ? &locks[i]
                                                              : NULL;
    }
    return NULL;
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

/* The lock that this statement takes, too, on the table that is held: it would
   lock both if it stood alone. NULL when it takes none. */
static const struct tl_taken_lock *
taken_again(const struct tl_ctx *ctx, const struct tl_taken_lock *locks,
            uint32_t n, const struct tl_taken_lock *held)
{
    for (uint32_t i = n; i > 0; i--) {
        if (locks[i - 1].statement != tl_statement_number(ctx))
            break;
        if (locks[i - 1].lock >= TL_ACCESS_EXCLUSIVE &&
            is_same(&locks[i - 1], held))
            return &locks[i - 1];
    }
    return NULL;
}

static void check(struct tl_ctx *ctx)
{
    uint32_t n;
    const struct tl_taken_lock *locks = tl_taken_locks(ctx, &n);

    if (!n || locks[n - 1].statement != tl_statement_number(ctx) ||
        tl_in_transaction(ctx) != TL_YES)
        return;
    struct held h = {.n_locked = 0};
    const struct tl_taken_lock *second =
        may_add(ctx, locks, n) ? second_of(ctx, locks, n, &h) : NULL;
    const struct tl_taken_lock *first = h.first;

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
    const struct tl_taken_lock *again = taken_again(ctx, locks, n, first);
    if (again && (is_by_key(ctx, second) || is_by_key(ctx, again)))
        tl_help(ctx, f,
                "The two tables of a foreign key are locked together: give "
                "each such statement a migration of its own, and a short "
                "lock_timeout.");
    else
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
