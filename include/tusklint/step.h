/*
 * step.h - what a migration's statements lock, and when that hurts most.
 *
 * Steps stand in an array, in the order of applying; a transaction's follow one
 * another.
 */
#ifndef TUSKLINT_STEP_H
#define TUSKLINT_STEP_H

#include <tusklint/base.h>
#include <tusklint/op.h>

/* A relation that a statement locks. */
struct tl_step_lock {
    struct tl_name table;
    enum tl_lock lock;
    bool in_use;   /* it was there before the file, and may serve others */
    bool of_index; /* `table` names an index: what it is on was not seen */
    bool if_there; /* ... nor is it known to be there (IF EXISTS) */
};

/* What a statement of a migration locks, and what that costs. */
struct tl_step {
    struct tl_span at;
    struct tl_effect effect; /* of all that it does together */
    enum tl_know in_transaction;
    uint32_t transaction; /* the same for statements that end together */
    bool down;
    bool in_block; /* a statement of the DO block before */
    bool perhaps;  /* ... in a branch of it that may not run */
    bool hidden;   /* a DO block that does more than the steps behind it say */
    /* ROLLBACK TO SAVEPOINT: what was locked behind this place in the file, the
       savepoint's, is let go; else 0. */
    uint64_t lets_go;
    const struct tl_step_lock *locks;
    uint32_t n_locks;
};

/* How long a statement needs its locks, shortest first. */
enum tl_duration {
    TL_LASTS_NOT, /* it locks nothing */
    TL_LASTS_INSTANT,
    TL_LASTS_SCAN, /* the table is read whole */
    TL_LASTS_INDEX_BUILD,
    TL_LASTS_REWRITE,
};

enum tl_duration tl_step_duration(const struct tl_step *);
/* "reads and writes", "writes" or "nothing" */
const char *tl_lock_blocks(enum tl_lock);
/* Of n steps, how many from the first on one file's transaction holds
   together; at least one. */
size_t tl_transaction_length(const struct tl_step *, size_t n);

/* The time in a transaction when most have to wait. */
struct tl_moment {
    const struct tl_step *step;  /* that runs; NULL: nobody waits */
    const struct tl_step *since; /* took the lock */
    const struct tl_step_lock *lock;
    int risk; /* grows with what waits, and how long */
};

/* Of a transaction's n steps. */
struct tl_moment tl_riskiest(const struct tl_step *, size_t n);

#endif
