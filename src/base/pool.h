/*
 * pool.h - work done in parallel, handed back in order.
 *
 * One caller submits jobs and takes them back; N threads run them, and so does
 * the caller where it would wait else. At most `window` jobs are under way, so
 * memory is bounded; results come back in the order of submission whatever the
 * threads do.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>

struct pool;

/* Runs on a pool thread, or on the caller's in pool_take(); `state` is that
   thread's own (see pool_create). */
typedef void pool_work_fn(void *job, void *state);

struct pool_config {
    unsigned threads;  /* beside the caller's; 0: it does everything itself */
    size_t stack_size; /* bytes a thread; 0: the system's default */
    size_t window;     /* jobs under way at most, at least 1 */
    /* A job's first step, which may be NULL: of one job at a time, in the order
       of submission, beside the work on others. */
    pool_work_fn *prepare;
    pool_work_fn *work;
    void *(*thread_begin)(void *arg); /* may be NULL; makes `state` */
    void (*thread_end)(void *state);  /* may be NULL */
    void *arg;
};

/* With fewer threads than asked for, or none, the work is the same. The caller
   has a state, too, from here to pool_destroy(). */
struct pool *pool_create(const struct pool_config *);
/* False when the window is full: take one back first. `job` is not NULL. */
bool pool_submit(struct pool *, void *job);
/* The oldest job, when it is done; works on what is not begun until then.
   NULL when none is under way. */
void *pool_take(struct pool *);
size_t pool_pending(const struct pool *);
/* Waits for the threads; every job must have been taken. */
void pool_destroy(struct pool *);

#endif
