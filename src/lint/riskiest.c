/*
 * riskiest.c - when in a transaction most have to wait.
 */
#include <tusklint/step.h>

/* A transaction of a million statements is looked at step by step only. */
#define MAX_TOGETHER 2000

enum tl_duration tl_step_duration(const struct tl_step *s)
{
    if (s->effect.rewrite)
        return TL_LASTS_REWRITE;
    if (s->effect.index_build)
        return TL_LASTS_INDEX_BUILD;
    if (s->effect.scan)
        return TL_LASTS_SCAN;
    return s->n_locks ? TL_LASTS_INSTANT : TL_LASTS_NOT;
}

const char *tl_lock_blocks(enum tl_lock lock)
{
    if (tl_lock_blocks_reads(lock))
        return "reads and writes";
    return tl_lock_blocks_writes(lock) ? "writes" : "nothing";
}

size_t tl_transaction_length(const struct tl_step *s, size_t n)
{
    size_t end = 1;

    while (end < n && s[end].at.source == s->at.source &&
           s[end].transaction == s->transaction && s[end].down == s->down)
        end++;
    return end;
}

static int risk_of(enum tl_lock lock, enum tl_duration d)
{
    if (tl_lock_blocks_reads(lock))
        return 2 * (int)d;
    return tl_lock_blocks_writes(lock) ? (int)d : 0;
}

static struct tl_moment worst_of(const struct tl_step *s,
                                 const struct tl_step *while_this)
{
    struct tl_moment m = {while_this, s, NULL, 0};
    enum tl_duration d = tl_step_duration(while_this);

    for (uint32_t k = 0; k < s->n_locks; k++) {
        int risk = s->locks[k].in_use ? risk_of(s->locks[k].lock, d) : 0;

        if (risk <= m.risk)
            continue;
        m.risk = risk;
        m.lock = &s->locks[k];
    }
    return m;
}

/* Is it worse than the other, or as bad and held for longer, and certain
   where that is? */
static bool is_worse(const struct tl_moment *m, const struct tl_moment *than)
{
    if (m->risk != than->risk || than->step != m->step)
        return m->risk > than->risk;
    return m->risk && (!m->since->perhaps || than->since->perhaps);
}

/* Of the locks that are held while step `at` runs, the longest held. */
static void look_at(const struct tl_step *steps, size_t first, size_t at,
                    struct tl_moment *worst)
{
    uint64_t let_go = UINT64_MAX; /* from here on, by a ROLLBACK TO behind */

    for (size_t i = at + 1; i-- > first;) {
        const struct tl_step *s = &steps[i];
        struct tl_moment m = worst_of(s, &steps[at]);

        if (s->lets_go && s->lets_go < let_go)
            let_go = s->lets_go;
        if (i != at && s->at.start > let_go)
            continue;
        if (is_worse(&m, worst))
            *worst = m;
    }
}

struct tl_moment tl_riskiest(const struct tl_step *steps, size_t n)
{
    struct tl_moment worst = {NULL, NULL, NULL, 0};

    for (size_t i = 0; i < n; i++)
        look_at(steps, n > MAX_TOGETHER ? i : 0, i, &worst);
    return worst;
}
