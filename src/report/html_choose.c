/*
 * html_choose.c - what of a run a page has room for.
 *
 * Findings keep their order; where there are too many, the severe ones are
 * shown whole first. What is left out is counted, and the page says so.
 */
#include "report/html.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>

/* Below, only writes wait, and for an instant. */
#define LEAST_RISK 2

/* Of each severity so many: the worst take what there is. */
static void share_room(const struct html *h, size_t room,
                       size_t out[TL_ERROR + 1])
{
    struct report_counts counts;

    report_count(h->run, &counts);
    for (int s = TL_ERROR; s >= TL_OFF; s--) {
        size_t n = counts.by_severity[s];

        out[s] = n < room ? n : room;
        room -= out[s];
    }
}

static void choose_findings(struct html *h)
{
    size_t full[TL_ERROR + 1];
    size_t listed[TL_ERROR + 1];

    h->extent = mem_calloc(h->run->n_findings + 1, 1);
    share_room(h, HTML_FULL_MAX, full);
    share_room(h, HTML_LISTED_MAX, listed);
    for (size_t i = 0; i < h->run->n_findings; i++) {
        enum tl_severity s = h->run->findings[i]->severity;

        if (listed[s] == 0)
            continue;
        listed[s]--;
        h->extent[i] = full[s] ? HTML_FULL : HTML_ONE_LINE;
        full[s] -= full[s] > 0;
    }
}

size_t html_plan_number(const struct html *h, const struct tl_plan *plan)
{
    for (size_t i = 0; plan && i < h->n_plans; i++)
        if (h->plans[i] == plan)
            return i + 1;
    return 0;
}

size_t html_loop_number(const struct html *h, const struct tl_loop *loop)
{
    for (size_t i = 0; loop && i < h->n_loops; i++)
        if (h->loops[i] == loop)
            return i + 1;
    return 0;
}

static void choose_plans(struct html *h)
{
    const struct tl_plan *last = NULL;

    h->plans = mem_calloc(HTML_PLANS_MAX, sizeof(*h->plans));
    for (size_t i = 0; i < h->run->n_findings; i++) {
        const struct tl_plan *plan = h->run->findings[i]->plan;

        if (!plan || plan == last || html_plan_number(h, plan))
            continue;
        last = plan;
        h->n_plans_found++;
        if (h->n_plans < HTML_PLANS_MAX)
            h->plans[h->n_plans++] = plan;
    }
}

static void choose_loops(struct html *h)
{
    const struct tl_loop *last = NULL;

    h->loops = mem_calloc(HTML_LOOPS_MAX, sizeof(*h->loops));
    for (size_t i = 0; i < h->run->n_findings; i++) {
        const struct tl_loop *loop = h->run->findings[i]->loop;

        if (!loop || loop == last || html_loop_number(h, loop))
            continue;
        last = loop;
        h->n_loops_found++;
        if (h->n_loops < HTML_LOOPS_MAX)
            h->loops[h->n_loops++] = loop;
    }
}

/* ---- migrations ---- */

/* The steps of one file, which stand together. */
static struct html_history next_history(const struct html *h, size_t at)
{
    const struct tl_step *s = h->run->steps + at;
    struct html_history out = {.source = s->at.source, .steps = s};
    size_t left = h->run->n_steps - at;

    while (out.n < left && s[out.n].at.source == out.source)
        out.n++;
    for (size_t i = 0; i < out.n;) {
        size_t n = tl_transaction_length(s + i, out.n - i);
        int risk = tl_riskiest(s + i, n).risk;

        out.risk = risk > out.risk ? risk : out.risk;
        i += n;
    }
    return out;
}

/* The riskiest first; of equal ones the later, which may still be changed. */
static int compare_risk(const void *a, const void *b)
{
    const struct html_history *x = a;
    const struct html_history *y = b;

    if (x->risk != y->risk)
        return x->risk > y->risk ? -1 : 1;
    return x->steps > y->steps ? -1 : x->steps < y->steps;
}

static int compare_order(const void *a, const void *b)
{
    const struct html_history *x = a;
    const struct html_history *y = b;

    return x->steps < y->steps ? -1 : x->steps > y->steps;
}

static bool is_context(const struct html *h, uint32_t source)
{
    return h->run->inputs && source < h->run->n_sources &&
           h->run->inputs[source].context;
}

static void choose_histories(struct html *h)
{
    VEC(struct html_history) list = VEC_INIT;

    for (size_t i = 0; i < h->run->n_steps;) {
        struct html_history one = next_history(h, i);

        if (one.risk >= LEAST_RISK && !is_context(h, one.source))
            vec_push(&list, one);
        i += one.n;
    }
    h->histories = list.v;
    h->n_histories_found = list.n;
    h->n_histories = list.n < HTML_HISTORIES_MAX ? list.n : HTML_HISTORIES_MAX;
    if (list.n == 0)
        return;
    qsort(list.v, list.n, sizeof(*list.v), compare_risk);
    qsort(list.v, h->n_histories, sizeof(*list.v), compare_order);
}

bool html_has_history(const struct html *h, uint32_t source)
{
    for (size_t i = 0; i < h->n_histories; i++)
        if (h->histories[i].source == source)
            return true;
    return false;
}

void html_choose(struct html *h)
{
    choose_findings(h);
    choose_plans(h);
    choose_loops(h);
    choose_histories(h);
}

void html_release(struct html *h)
{
    mem_free(h->extent);
    mem_free(h->plans);
    mem_free(h->loops);
    mem_free(h->histories);
    buf_release(&h->out);
}
