/*
 * pool.c - fixed threads over a ring of jobs that leaves in order.
 *
 * The ring's slots pass through submitted, begun by a thread, done; the caller
 * takes them back from the oldest on. One mutex is enough: a job is tens of
 * kilobytes of SQL, so it is locked a few thousand times a second. Nobody is
 * woken who does not sleep.
 */
#include "base/pool.h"

#include "base/err.h"
#include "base/mem.h"

#include <pthread.h>

struct slot {
    void *job;
    bool done;
};

struct pool {
    struct pool_config config;
    pthread_t *threads;
    unsigned n_threads;
    void *state; /* the caller's */
    pthread_mutex_t lock;
    pthread_cond_t work; /* there is a job to begin, or the end */
    pthread_cond_t done; /* the oldest job was finished */
    struct slot *ring;
    size_t taken;     /* given back to the caller, ever */
    size_t begun;     /* by a thread, ever */
    size_t submitted; /* ever */
    unsigned idle;    /* threads that wait for a job */
    bool closing;
    pthread_mutex_t turn_lock;
    pthread_cond_t turned;
    size_t prepared; /* ever */
};

/* The turn comes: who prepares the job before has begun it. */
static void prepare(struct pool *p, size_t number, void *job, void *state)
{
    if (!p->config.prepare)
        return;
    pthread_mutex_lock(&p->turn_lock);
    while (p->prepared != number)
        pthread_cond_wait(&p->turned, &p->turn_lock);
    p->config.prepare(job, state);
    p->prepared++;
    pthread_cond_broadcast(&p->turned);
    pthread_mutex_unlock(&p->turn_lock);
}

/* With the lock, which it gives away meanwhile. */
static void run_next(struct pool *p, void *state)
{
    size_t number = p->begun++;
    struct slot *s = &p->ring[number % p->config.window];

    pthread_mutex_unlock(&p->lock);
    prepare(p, number, s->job, state);
    p->config.work(s->job, state);
    pthread_mutex_lock(&p->lock);
    s->done = true;
    if (number == p->taken)
        pthread_cond_signal(&p->done);
}

static void *begin_state(const struct pool *p)
{
    return p->config.thread_begin ? p->config.thread_begin(p->config.arg)
                                  : NULL;
}

static void end_state(const struct pool *p, void *state)
{
    if (p->config.thread_end)
        p->config.thread_end(state);
}

static void *thread_main(void *arg)
{
    struct pool *p = arg;
    void *state = begin_state(p);

    pthread_mutex_lock(&p->lock);
    for (;;) {
        p->idle++;
        while (p->begun == p->submitted && !p->closing)
            pthread_cond_wait(&p->work, &p->lock);
        p->idle--;
        if (p->begun == p->submitted)
            break;
        run_next(p, state);
    }
    pthread_mutex_unlock(&p->lock);
    end_state(p, state);
    return NULL;
}

static void start_threads(struct pool *p)
{
    pthread_attr_t attributes;

    pthread_attr_init(&attributes);
    if (p->config.stack_size)
        INVARIANT(
            pthread_attr_setstacksize(&attributes, p->config.stack_size) == 0);
    for (unsigned i = 0; i < p->config.threads; i++)
        if (pthread_create(&p->threads[p->n_threads], &attributes, thread_main,
                           p) == 0)
            p->n_threads++;
    pthread_attr_destroy(&attributes);
}

bool pool_submit(struct pool *p, void *job)
{
    bool fits;

    INVARIANT(job);
    pthread_mutex_lock(&p->lock);
    fits = p->submitted - p->taken < p->config.window;
    if (fits) {
        p->ring[p->submitted++ % p->config.window] = (struct slot){job, false};
        if (p->idle)
            pthread_cond_signal(&p->work);
    }
    pthread_mutex_unlock(&p->lock);
    return fits;
}

void *pool_take(struct pool *p)
{
    void *job = NULL;

    pthread_mutex_lock(&p->lock);
    if (p->taken < p->submitted) {
        struct slot *s = &p->ring[p->taken % p->config.window];

        while (!s->done)
            if (p->begun < p->submitted)
                run_next(p, p->state);
            else
                pthread_cond_wait(&p->done, &p->lock);
        job = s->job;
        p->taken++;
    }
    pthread_mutex_unlock(&p->lock);
    return job;
}

size_t pool_pending(const struct pool *p)
{
    /* Both counters are the caller's own. */
    return p->submitted - p->taken;
}

void pool_destroy(struct pool *p)
{
    INVARIANT(pool_pending(p) == 0);
    pthread_mutex_lock(&p->lock);
    p->closing = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->n_threads; i++)
        pthread_join(p->threads[i], NULL);
    end_state(p, p->state);
    pthread_mutex_destroy(&p->lock);
    pthread_mutex_destroy(&p->turn_lock);
    pthread_cond_destroy(&p->work);
    pthread_cond_destroy(&p->done);
    pthread_cond_destroy(&p->turned);
    mem_free(p->threads);
    mem_free(p->ring);
    mem_free(p);
}

struct pool *pool_create(const struct pool_config *config)
{
    struct pool *p = mem_calloc(1, sizeof(*p));

    INVARIANT(config->window > 0);
    p->config = *config;
    p->threads = mem_calloc(config->threads, sizeof(p->threads[0]));
    p->ring = mem_calloc(config->window, sizeof(p->ring[0]));
    pthread_mutex_init(&p->lock, NULL);
    pthread_mutex_init(&p->turn_lock, NULL);
    pthread_cond_init(&p->work, NULL);
    pthread_cond_init(&p->done, NULL);
    pthread_cond_init(&p->turned, NULL);
    p->state = begin_state(p);
    start_threads(p);
    return p;
}
