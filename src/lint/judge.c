/*
 * judge.c - calling the rules' hooks, in order.
 */
#include "lint/linter.h"

#include "base/clock.h"

static unsigned inputs_of(const struct tl_rule *r)
{
    if (r->inputs)
        return r->inputs;
    switch (r->family) {
    case TL_MIGRATION:
        return TL_IN_MIGRATION;
    case TL_QUERY:
        return TL_IN_QUERY;
    case TL_META:
    case TL_SCHEMA:
    case TL_WORKLOAD:
    case TL_PLAN:
        break;
    }
    return TL_IN_MIGRATION | TL_IN_QUERY;
}

/* Nobody waits for a lock while a dump is loaded. */
static bool judges_here(const struct tl_ctx *c, const struct active_rule *a)
{
    if (c->layout && c->layout->dump && a->rule->family == TL_MIGRATION)
        return false;
    return (inputs_of(a->rule) & (unsigned)c->unit->place) != 0;
}

void judge_list(struct tl_ctx *c, const struct active_rule **list,
                judge_fn *call, const void *arg)
{
    double began = clock_seconds();

    for (; list && *list; list++) {
        c->active = *list;
        call(c, (*list)->rule, arg);
    }
    c->active = NULL;
    c->linter->timing.rules += clock_seconds() - began;
}

static void judge_nodes(struct tl_linter *l, struct tl_ctx *c)
{
    const struct tl_tree *t = &c->unit->parse.tree;

    for (uint32_t i = 0; i < t->count; i++) {
        unsigned kind = t->nodes[i].kind;
        const struct active_rule **list =
            kind < DISPATCH_KINDS ? l->dispatch.by_kind[kind] : NULL;

        for (; list && *list; list++) {
            if (!judges_here(c, *list))
                continue;
            c->active = *list;
            (*list)->rule->on_node(c, &t->nodes[i]);
        }
    }
}

static void judge_ops(struct tl_linter *l, struct tl_ctx *c)
{
    const struct op_list *ops = &c->unit->ops;

    for (uint32_t i = 0; i < ops->n; i++) {
        const struct active_rule **list = l->dispatch.by_op[ops->ops[i].kind];

        for (; list && *list; list++) {
            if (!judges_here(c, *list))
                continue;
            c->active = *list;
            (*list)->rule->on_op(c, &ops->ops[i]);
        }
    }
}

static void judge_predicates(struct tl_linter *l, struct tl_ctx *c)
{
    const struct active_rule **list = l->dispatch.on_predicate;
    uint32_t n;
    bool wanted = false;

    for (const struct active_rule **r = list; r && *r; r++)
        wanted |= judges_here(c, *r);
    if (!wanted)
        return;
    const struct tl_predicate *p = tl_predicates(c, &n);
    for (; *list; list++) {
        if (!judges_here(c, *list))
            continue;
        c->active = *list;
        for (uint32_t i = 0; i < n; i++)
            (*list)->rule->on_predicate(c, &p[i]);
    }
}

static void judge_statement(struct tl_linter *l, struct tl_ctx *c)
{
    const struct active_rule **list = l->dispatch.on_statement;

    for (; list && *list; list++) {
        if (!judges_here(c, *list))
            continue;
        c->active = *list;
        (*list)->rule->on_statement(c);
    }
}

void judge_unit(struct tl_linter *l, struct tl_ctx *c)
{
    if (c->muted || !c->unit->parse.ok)
        return;
    double began = clock_seconds();
    judge_ops(l, c);
    judge_nodes(l, c);
    judge_predicates(l, c);
    judge_statement(l, c);
    c->active = NULL;
    l->timing.rules += clock_seconds() - began;
}
