/*
 * dispatch.c - who wants to see what: lists of rules by kind, op and hook.
 *
 * Made once when a run is opened, from the rules that are on; a hook nobody
 * subscribes to costs one NULL test.
 */
#include "base/err.h"
#include "lint/linter.h"
#include "lint/select.h"

#include <string.h>

typedef bool wants_fn(const struct tl_rule *, unsigned number);

static bool listed(const uint16_t *list, unsigned number)
{
    for (; list && *list != TL_LIST_END; list++)
        if (*list == number)
            return true;
    return false;
}

static bool wants_kind(const struct tl_rule *r, unsigned kind)
{
    return r->on_node && listed(r->nodes, kind);
}

static bool wants_op(const struct tl_rule *r, unsigned op)
{
    return r->on_op && listed(r->ops, op);
}

#define WANTS_HOOK(hook)                                                       \
    static bool wants_##hook(const struct tl_rule *r, unsigned number)         \
    {                                                                          \
        (void)number;                                                          \
        return r->hook != NULL;                                                \
    }
WANTS_HOOK(on_predicate)
WANTS_HOOK(on_statement)
WANTS_HOOK(on_plan)
WANTS_HOOK(on_shape)
WANTS_HOOK(on_loop)
WANTS_HOOK(on_file_end)
WANTS_HOOK(on_down_end)
WANTS_HOOK(on_end)

static const struct active_rule **make_list(const struct dispatch *d,
                                            struct arena *a, wants_fn *wants,
                                            unsigned number)
{
    size_t n = 0;

    for (size_t i = 0; i < d->rules.n; i++)
        n += wants(d->rules.v[i].rule, number);
    if (n == 0)
        return NULL;
    const struct active_rule **list =
        ARENA_ARRAY(a, const struct active_rule *, n + 1);
    n = 0;
    for (size_t i = 0; i < d->rules.n; i++)
        if (wants(d->rules.v[i].rule, number))
            list[n++] = &d->rules.v[i];
    return list;
}

bool dispatch_init(struct dispatch *d, const struct tl_options *options,
                   struct arena *a, struct tl_error *error)
{
    memset(d, 0, sizeof(*d));
    if (!select_check(options, error))
        return false;
    for (size_t i = 0; i < tl_rule_count(); i++) {
        const struct tl_rule *r = tl_rule_at(i);
        enum tl_severity severity = select_severity(options, r);

        if (severity != TL_OFF)
            vec_push(&d->rules, (struct active_rule){r, severity});
    }
    for (unsigned k = 0; k < DISPATCH_KINDS; k++)
        d->by_kind[k] = make_list(d, a, wants_kind, k);
    for (unsigned k = 0; k < TL_OP_COUNT; k++)
        d->by_op[k] = make_list(d, a, wants_op, k);
    d->on_predicate = make_list(d, a, wants_on_predicate, 0);
    d->on_statement = make_list(d, a, wants_on_statement, 0);
    d->on_plan = make_list(d, a, wants_on_plan, 0);
    d->on_shape = make_list(d, a, wants_on_shape, 0);
    d->on_loop = make_list(d, a, wants_on_loop, 0);
    d->on_file_end = make_list(d, a, wants_on_file_end, 0);
    d->on_down_end = make_list(d, a, wants_on_down_end, 0);
    d->on_end = make_list(d, a, wants_on_end, 0);
    return true;
}

void dispatch_release(struct dispatch *d)
{
    vec_release(&d->rules);
}

const struct active_rule *dispatch_find(const struct dispatch *d,
                                        const char *name)
{
    for (size_t i = 0; i < d->rules.n; i++)
        if (strcmp(d->rules.v[i].rule->name, name) == 0)
            return &d->rules.v[i];
    return NULL;
}
