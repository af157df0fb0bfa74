/*
 * dispatch.c - who wants to see what: lists of rules by kind, op and hook.
 *
 * Made when a run is opened, from the rules that are on; a hook nobody
 * subscribes to costs one NULL test.
 */
#include "lint/linter.h"

#include <string.h>

typedef bool wants_fn(const struct tl_rule *);
typedef const uint16_t *numbers_fn(const struct tl_rule *);

#define WANTS_HOOK(hook)                                                       \
    static bool wants_##hook(const struct tl_rule *r)                          \
    {                                                                          \
        return r->hook != NULL;                                                \
    }
WANTS_HOOK(on_predicate)
WANTS_HOOK(on_statement)
WANTS_HOOK(on_plan)
WANTS_HOOK(on_shape)
WANTS_HOOK(on_loop)
WANTS_HOOK(on_request)
WANTS_HOOK(on_transaction)
WANTS_HOOK(on_gap)
WANTS_HOOK(on_file_end)
WANTS_HOOK(on_down_end)
WANTS_HOOK(on_relation)
WANTS_HOOK(on_end)

static const struct active_rule **make_list(const struct dispatch *d,
                                            struct arena *a, wants_fn *wants)
{
    size_t n = 0;

    for (size_t i = 0; i < d->rules.n; i++)
        n += wants(d->rules.v[i].rule);
    if (n == 0)
        return NULL;
    const struct active_rule **list =
        ARENA_ARRAY(a, const struct active_rule *, n + 1);
    n = 0;
    for (size_t i = 0; i < d->rules.n; i++)
        if (wants(d->rules.v[i].rule))
            list[n++] = &d->rules.v[i];
    return list;
}

static const uint16_t *kinds_of(const struct tl_rule *r)
{
    return r->on_node ? r->nodes : NULL;
}

static const uint16_t *ops_of(const struct tl_rule *r)
{
    return r->on_op ? r->ops : NULL;
}

/* One list for each number that any rule names; a rule may name one twice. */
static void list_by_number(const struct dispatch *d, struct arena *a,
                           numbers_fn *numbers_of,
                           const struct active_rule ***by, unsigned count)
{
    uint32_t *room = ARENA_ARRAY(a, uint32_t, count);

    for (size_t i = 0; i < d->rules.n; i++)
        for (const uint16_t *n = numbers_of(d->rules.v[i].rule);
             n && *n != TL_LIST_END; n++)
            room[*n]++;
    for (size_t i = 0; i < d->rules.n; i++) {
        const struct active_rule *rule = &d->rules.v[i];

        for (const uint16_t *n = numbers_of(rule->rule); n && *n != TL_LIST_END;
             n++) {
            if (!by[*n])
                by[*n] =
                    ARENA_ARRAY(a, const struct active_rule *, room[*n] + 1);
            const struct active_rule **at = by[*n];
            while (*at && *at != rule)
                at++;
            *at = rule;
        }
    }
}

void dispatch_init(struct dispatch *d, const enum tl_severity *severities,
                   struct arena *a)
{
    memset(d, 0, sizeof(*d));
    for (uint32_t i = 0; i < tl_rule_count(); i++)
        if (severities[i] != TL_OFF)
            vec_push(&d->rules,
                     (struct active_rule){tl_rule_at(i), severities[i], i});
    list_by_number(d, a, kinds_of, d->by_kind, DISPATCH_KINDS);
    list_by_number(d, a, ops_of, d->by_op, TL_OP_COUNT);
    d->on_predicate = make_list(d, a, wants_on_predicate);
    d->on_statement = make_list(d, a, wants_on_statement);
    d->on_plan = make_list(d, a, wants_on_plan);
    d->on_shape = make_list(d, a, wants_on_shape);
    d->on_loop = make_list(d, a, wants_on_loop);
    d->on_request = make_list(d, a, wants_on_request);
    d->on_transaction = make_list(d, a, wants_on_transaction);
    d->on_gap = make_list(d, a, wants_on_gap);
    d->on_file_end = make_list(d, a, wants_on_file_end);
    d->on_down_end = make_list(d, a, wants_on_down_end);
    d->on_relation = make_list(d, a, wants_on_relation);
    d->on_end = make_list(d, a, wants_on_end);
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
