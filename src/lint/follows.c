/*
 * follows.c - one cause, one warning: what other rules say of its consequences
 * in the plan is noted beside it.
 */
#include "lint/linter.h"

#include <tusklint/rule.h>

#include <stdlib.h>

void tl_explains(struct tl_ctx *ctx, struct tl_finding *f, const char *rule,
                 const struct tl_plan_node *n)
{
    struct consequence c = {rule, n->span, f};

    if (!ctx->muted)
        vec_push(&ctx->linter->consequences, c);
}

static int compare_places(struct tl_span a, struct tl_span b)
{
    if (a.source != b.source)
        return a.source < b.source ? -1 : 1;
    return a.start < b.start ? -1 : a.start > b.start;
}

static int compare(const void *a, const void *b)
{
    const struct consequence *x = a;
    const struct consequence *y = b;

    int order = compare_places(x->at, y->at);
    if (order == 0)
        order = compare_places(x->cause->span, y->cause->span);
    return order ? order : strcmp(x->rule, y->rule);
}

/* The first one at that place or behind it. */
static size_t first_at(const struct tl_linter *l, struct tl_span at)
{
    size_t low = 0;
    size_t high = l->consequences.n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (compare_places(l->consequences.v[middle].at, at) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The finding that it follows from, or NULL. */
static const struct tl_finding *cause_of(const struct tl_linter *l,
                                         const struct tl_finding *f)
{
    for (size_t i = first_at(l, f->span); i < l->consequences.n; i++) {
        const struct consequence *c = &l->consequences.v[i];

        if (compare_places(c->at, f->span) != 0)
            return NULL;
        if (f != c->cause && strcmp(f->rule->name, c->rule) == 0)
            return c->cause;
    }
    return NULL;
}

static void subordinate(struct tl_linter *l, struct tl_finding *f,
                        const struct tl_finding *cause)
{
    struct tl_related *r = ARENA_NEW(&l->arena, struct tl_related);

    r->span = cause->span;
    r->message = arena_printf(&l->arena, "the same cause as %s, told here",
                              cause->rule->name);
    r->next = f->related;
    f->related = r;
    tl_set_severity(f, TL_NOTE);
    /* The cause's cure is the cure; a second one would be a choice. */
    if (cause->help.n)
        f->help = TL_NONE;
}

void follows_settle(struct tl_linter *l, size_t first)
{
    if (l->consequences.n)
        qsort(l->consequences.v, l->consequences.n,
              sizeof(l->consequences.v[0]), compare);
    for (size_t i = first; l->consequences.n && i < l->findings.n; i++) {
        const struct tl_finding *cause = cause_of(l, l->findings.v[i]);

        if (cause)
            subordinate(l, l->findings.v[i], cause);
    }
    vec_clear(&l->consequences);
}
