/*
 * follows.c - one cause, one warning: what other rules say of its consequences
 * in the plan is noted beside it.
 */
#include "lint/linter.h"

#include <tusklint/rule.h>

void tl_explains(struct tl_ctx *ctx, struct tl_finding *f, const char *rule,
                 const struct tl_plan_node *n)
{
    struct consequence c = {rule, n->span, f};

    vec_push(&ctx->linter->consequences, c);
}

static bool is_it(const struct consequence *c, const struct tl_finding *f)
{
    return f != c->cause && f->rule && strcmp(f->rule->name, c->rule) == 0 &&
           f->span.source == c->at.source && f->span.start == c->at.start;
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
    for (size_t i = 0; i < l->consequences.n; i++) {
        const struct consequence *c = &l->consequences.v[i];

        for (size_t k = first; c->cause->rule && k < l->findings.n; k++)
            if (is_it(c, l->findings.v[k]))
                subordinate(l, l->findings.v[k], c->cause);
    }
    vec_clear(&l->consequences);
}
