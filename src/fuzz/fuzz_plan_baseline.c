/*
 * fuzz_plan_baseline.c - baselines of plans: what is written of plans is read
 * again, and no plan differs from its own.
 *
 * Behind a line of "-- next" stands a baseline as others may have made it.
 */
#include "fuzz/harness.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

#include <tusklint/rule.h>

struct pair {
    struct tl_str plans;
    struct tl_str before;
};

static struct tl_linter *run(const struct pair *p)
{
    struct tl_linter *l = fuzz_open(false);

    fuzz_add(l, "plan.json", TL_AS_PLAN, (const uint8_t *)p->plans.p,
             p->plans.n);
    if (p->before.n)
        fuzz_add(l, "baseline.jsonl", TL_AS_AUTO, (const uint8_t *)p->before.p,
                 p->before.n);
    tl_run(l);
    return l;
}

static char *written(struct tl_linter *l, size_t *n)
{
    char *text = NULL;
    FILE *f = open_memstream(&text, n);

    if (!f || !tl_write_plan_baseline(l, f))
        abort();
    fclose(f);
    return text;
}

static bool is_of_baseline(const struct tl_linter *l,
                           const struct tl_finding *f)
{
    return strcmp(f->rule->name, "plan-regression") == 0 ||
           strcmp(tl_source_path(l, f->span.source), "baseline.jsonl") == 0;
}

static void must_be_itself(struct tl_str plans)
{
    struct pair p = {.plans = plans};
    struct tl_linter *l = run(&p);
    size_t again_n = 0;
    char *text = written(l, &p.before.n);

    tl_close(l);
    p.before.p = text;
    l = run(&p);
    for (size_t i = 0; i < tl_finding_count(l); i++)
        if (is_of_baseline(l, tl_finding_at(l, i)))
            abort();
    char *again = written(l, &again_n);
    if (again_n != p.before.n || memcmp(again, text, again_n) != 0)
        abort();
    tl_close(l);
    mem_free(again);
    mem_free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pair p = {.plans = {(const char *)data, size}};

    p.before = fuzz_behind_next(&p.plans);
    if (p.before.n)
        fuzz_finish(run(&p));
    else
        must_be_itself(p.plans);
    return 0;
}
