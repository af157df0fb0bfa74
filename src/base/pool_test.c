/*
 * pool_test.c - order, window, states and end of the pool.
 */
#include "base/pool.h"

#include "base/mem.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <time.h>

struct job {
    unsigned number;
    unsigned result;
    unsigned turn;
};

struct life {
    atomic_uint begun;
    atomic_uint ended;
};

struct worker {
    struct life *life;
    unsigned jobs; /* a second thread here would be a race that TSan sees */
};

/* What jobs are prepared with, one after the other; a race would be seen. */
static unsigned prepared;

static void prepare(void *job, void *state)
{
    struct job *j = job;

    (void)state;
    j->turn = prepared++;
}

static void *begin(void *arg)
{
    struct worker *w = mem_calloc(1, sizeof(*w));

    w->life = arg;
    atomic_fetch_add(&w->life->begun, 1);
    return w;
}

static void end(void *state)
{
    struct worker *w = state;

    atomic_fetch_add(&w->life->ended, 1);
    mem_free(w);
}

/* Some jobs are slow, so that later ones finish before them. */
static void work(void *job, void *state)
{
    struct job *j = job;
    struct worker *w = state;

    if (j->number % 7 == 0)
        nanosleep(&(struct timespec){0, 200000}, NULL);
    if (w)
        w->jobs++;
    j->result = j->number * 3 + 1;
}

#define JOBS 500

static void check_run(unsigned threads, size_t window, size_t stack)
{
    static struct job jobs[JOBS];
    struct life life = {0, 0};
    struct pool_config config = {
        .threads = threads,
        .stack_size = stack,
        .window = window,
        .prepare = prepare,
        .work = work,
        .thread_begin = begin,
        .thread_end = end,
        .arg = &life,
    };
    struct pool *p = pool_create(&config);
    unsigned next = 0;
    unsigned taken = 0;

    memset(jobs, 0, sizeof(jobs));
    prepared = 0;
    assert_null(pool_take(p));
    while (taken < JOBS) {
        while (next < JOBS) {
            jobs[next].number = next;
            if (!pool_submit(p, &jobs[next]))
                break;
            next++;
        }
        assert_true(next == JOBS || pool_pending(p) == window);
        struct job *j = pool_take(p);
        assert_ptr_equal(j, &jobs[taken]);
        assert_int_equal(j->result, taken * 3 + 1);
        assert_int_equal(j->turn, taken);
        taken++;
    }
    assert_int_equal(pool_pending(p), 0);
    assert_null(pool_take(p));
    pool_destroy(p);
    /* The caller has its own. */
    assert_int_equal(atomic_load(&life.begun), threads + 1);
    assert_int_equal(atomic_load(&life.ended), threads + 1);
}

static void results_come_in_order(void **state)
{
    (void)state;
    check_run(0, 1, 0);
    check_run(0, 5, 0);
    check_run(1, 1, 0);
    check_run(1, 8, 0);
    check_run(4, 1, 0);
    check_run(4, 3, 0);
    check_run(8, 64, (size_t)16 << 20);
}

static void states_are_optional(void **state)
{
    struct pool_config config = {.threads = 2, .window = 2, .work = work};
    struct job j = {.number = 5};

    (void)state;
    struct pool *p = pool_create(&config);
    assert_true(pool_submit(p, &j));
    assert_ptr_equal(pool_take(p), &j);
    assert_int_equal(j.result, 16);
    pool_destroy(p);
    pool_destroy(pool_create(&config));
}

#define STACK ((size_t)64 << 20)

/* The caller, who may get the job instead, has as large a one. */
static void deep(void *job, void *state)
{
    volatile char frame[16 << 20];

    (void)state;
    for (size_t i = 0; i < sizeof(frame); i += 4096)
        frame[i] = 1;
    *(char *)job = frame[4096];
}

static void *run_deep(void *arg)
{
    struct pool_config config = {
        .threads = 3, .stack_size = STACK, .window = 8, .work = deep};
    char *touched = arg;
    struct pool *p = pool_create(&config);

    for (unsigned i = 0; i < config.window; i++)
        pool_submit(p, &touched[i]);
    while (pool_take(p)) {
    }
    pool_destroy(p);
    return NULL;
}

static void the_stack_is_as_large_as_asked(void **state)
{
    char touched[8] = {0};
    pthread_attr_t attributes;
    pthread_t caller;

    (void)state;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK);
    assert_int_equal(pthread_create(&caller, &attributes, run_deep, touched),
                     0);
    pthread_join(caller, NULL);
    pthread_attr_destroy(&attributes);
    for (size_t i = 0; i < sizeof(touched); i++)
        assert_int_equal(touched[i], 1);
}

static void without_threads_the_caller_does_it(void **state)
{
    /* More than there are addresses. */
    struct pool_config config = {
        .threads = 2, .window = 4, .stack_size = (size_t)1 << 50, .work = work};
    struct job j = {.number = 5};

    (void)state;
    struct pool *p = pool_create(&config);
    assert_true(pool_submit(p, &j));
    assert_ptr_equal(pool_take(p), &j);
    assert_int_equal(j.result, 16);
    pool_destroy(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_in_order),
        cmocka_unit_test(states_are_optional),
        cmocka_unit_test(the_stack_is_as_large_as_asked),
        cmocka_unit_test(without_threads_the_caller_does_it),
    };

    return cmocka_run_group_tests_name("base/pool", tests, NULL, NULL);
}
