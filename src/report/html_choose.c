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

/* ---- plans and loops, the costliest first ---- */

typedef VEC(const void *) address_list;

static int compare_address(const void *a, const void *b)
{
    const char *x = *(const char *const *)a;
    const char *y = *(const char *const *)b;

    return x < y ? -1 : x > y;
}

static void make_unique(address_list *list)
{
    size_t kept = 0;

    if (list->n)
        qsort(list->v, list->n, sizeof(*list->v), compare_address);
    for (size_t i = 0; i < list->n; i++)
        if (kept == 0 || list->v[kept - 1] != list->v[i])
            list->v[kept++] = list->v[i];
    list->n = kept;
}

static int compare_double(double x, double y)
{
    return x > y ? -1 : x < y;
}

static int compare_plans(const void *a, const void *b)
{
    const struct tl_plan *x = *(const struct tl_plan *const *)a;
    const struct tl_plan *y = *(const struct tl_plan *const *)b;
    int by_time = compare_double(tl_plan_ms(x), tl_plan_ms(y));
    int by_cost =
        compare_double(x->nodes[0].total_cost, y->nodes[0].total_cost);

    if (by_time || by_cost)
        return by_time ? by_time : by_cost;
    return x->number < y->number ? -1 : x->number > y->number;
}

static int compare_loops(const void *a, const void *b)
{
    const struct tl_loop *x = *(const struct tl_loop *const *)a;
    const struct tl_loop *y = *(const struct tl_loop *const *)b;
    int by_time = compare_double(x->total_ms, y->total_ms);

    if (by_time || x->n != y->n)
        return by_time ? by_time : x->n > y->n ? -1 : 1;
    if (x->first.span.source != y->first.span.source)
        return x->first.span.source < y->first.span.source ? -1 : 1;
    return x->first.span.start < y->first.span.start
               ? -1
               : x->first.span.start > y->first.span.start;
}

static void choose_plans(struct html *h)
{
    address_list list = VEC_INIT;

    for (size_t i = 0; i < h->run->n_findings; i++)
        if (h->run->findings[i]->plan)
            vec_push(&list, h->run->findings[i]->plan);
    make_unique(&list);
    if (list.n)
        qsort(list.v, list.n, sizeof(*list.v), compare_plans);
    h->n_plans_found = list.n;
    h->n_plans = list.n < HTML_PLANS_MAX ? list.n : HTML_PLANS_MAX;
    h->plans = mem_calloc(HTML_PLANS_MAX, sizeof(*h->plans));
    for (size_t i = 0; i < h->n_plans; i++)
        h->plans[i] = list.v[i];
    vec_release(&list);
}

static void choose_loops(struct html *h)
{
    address_list list = VEC_INIT;

    for (size_t i = 0; i < h->run->n_findings; i++)
        if (h->run->findings[i]->loop)
            vec_push(&list, h->run->findings[i]->loop);
    make_unique(&list);
    if (list.n)
        qsort(list.v, list.n, sizeof(*list.v), compare_loops);
    h->n_loops_found = list.n;
    h->n_loops = list.n < HTML_LOOPS_MAX ? list.n : HTML_LOOPS_MAX;
    h->loops = mem_calloc(HTML_LOOPS_MAX, sizeof(*h->loops));
    for (size_t i = 0; i < h->n_loops; i++)
        h->loops[i] = list.v[i];
    vec_release(&list);
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
