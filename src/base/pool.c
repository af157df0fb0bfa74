/*
 * pool.c - fixed threads over a ring of jobs that leaves in order.
 *
 * The ring's slots pass through submitted, taken by a thread, done; the caller
 * takes them back from the oldest on. One mutex is enough: a job is tens of
 * kilobytes of SQL, so it is locked a few thousand times a second.
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
    pthread_mutex_t lock;
    pthread_cond_t work; /* there is a job to begin, or the end */
    pthread_cond_t done; /* a job was finished */
    struct slot *ring;
    size_t taken;     /* given back to the caller, ever */
    size_t begun;     /* begun by a thread, ever */
    size_t submitted; /* ever */
    bool closing;
};

static void *thread_main(void *arg)
{
    struct pool *p = arg;
    void *state =
        p->config.thread_begin ? p->config.thread_begin(p->config.arg) : NULL;

    pthread_mutex_lock(&p->lock);
    for (;;) {
        while (p->begun == p->submitted && !p->closing)
            pthread_cond_wait(&p->work, &p->lock);
        if (p->begun == p->submitted)
            break;
        struct slot *s = &p->ring[p->begun++ % p->config.window];
        pthread_mutex_unlock(&p->lock);
        p->config.work(s->job, state);
        pthread_mutex_lock(&p->lock);
        s->done = true;
        pthread_cond_signal(&p->done);
    }
    pthread_mutex_unlock(&p->lock);
    if (p->config.thread_end)
        p->config.thread_end(state);
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
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->work);
    pthread_cond_destroy(&p->done);
    mem_free(p->threads);
    mem_free(p->ring);
    mem_free(p);
}

struct pool *pool_create(const struct pool_config *config)
{
    struct pool *p = mem_calloc(1, sizeof(*p));

    INVARIANT(config->threads > 0 && config->window > 0);
    p->config = *config;
    p->threads = mem_calloc(config->threads, sizeof(p->threads[0]));
    p->ring = mem_calloc(config->window, sizeof(p->ring[0]));
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    pthread_cond_init(&p->done, NULL);
    start_threads(p);
    if (p->n_threads)
        return p;
    pool_destroy(p);
    return NULL;
}
