/*
 * choice.c - what holds for one input, where it is not what holds for the run.
 *
 * Inputs that were given the same options share a choice. Without any the run
 * asks one pointer and goes on.
 */
#include "lint/linter.h"
#include "lint/select.h"

enum tl_severity *choice_severities(const struct tl_options *o, struct arena *a)
{
    enum tl_severity *list =
        ARENA_ARRAY(a, enum tl_severity, tl_rule_count() + 1);

    for (size_t i = 0; i < tl_rule_count(); i++)
        list[i] = select_severity(o, tl_rule_at(i));
    return list;
}

static struct tl_options merge(const struct tl_options *run,
                               const struct tl_options *given)
{
    struct tl_options o = *run;

    o.selectors = given->selectors;
    o.n_selectors = given->n_selectors;
    o.only_selected = given->only_selected;
    o.assume_in_transaction = given->assume_in_transaction;
    if (given->pg_version)
        o.pg_version = given->pg_version;
    if (given->log_line_prefix)
        o.log_line_prefix = given->log_line_prefix;
    if (given->limits)
        o.limits = given->limits;
    return o;
}

static struct choice *new_choice(struct tl_linter *l,
                                 const struct tl_options *given)
{
    struct choice *c = ARENA_NEW(&l->arena, struct choice);

    c->given = given;
    c->options = merge(&l->options, given);
    c->severities = choice_severities(&c->options, &l->arena);
    vec_push(&l->choices, c);
    return c;
}

bool choice_of_path(struct tl_linter *l, const char *path, bool named,
                    const struct choice **out)
{
    *out = NULL;
    if (!l->options.of_input)
        return true;
    const struct tl_options *given = NULL;
    if (!l->options.of_input(l->options.of_input_arg, path, named, &given))
        return false;
    if (!given)
        return true;
    /* Inputs come by folders, so the last ones are asked for again. */
    for (size_t i = l->choices.n; !*out && i > 0; i--)
        if (l->choices.v[i - 1]->given == given)
            *out = l->choices.v[i - 1];
    if (!*out)
        *out = new_choice(l, given);
    return true;
}

void choice_widen_dispatch(struct tl_linter *l)
{
    if (l->choices.n == 0)
        return;
    enum tl_severity *any =
        ARENA_ARRAY(&l->arena, enum tl_severity, tl_rule_count());
    memcpy(any, l->severities, tl_rule_count() * sizeof(*any));
    for (size_t i = 0; i < l->choices.n; i++)
        for (size_t r = 0; r < tl_rule_count(); r++)
            if (any[r] == TL_OFF)
                any[r] = l->choices.v[i]->severities[r];
    dispatch_release(&l->dispatch);
    dispatch_init(&l->dispatch, any, &l->arena);
}

const struct tl_options *choice_options(const struct tl_linter *l,
                                        const struct input *in)
{
    return in && in->choice ? &in->choice->options : &l->options;
}

const struct tl_options *choice_at(const struct tl_ctx *c)
{
    return choice_options(c->linter, c->unit ? c->unit->input : c->input);
}

enum tl_severity choice_severity(const struct tl_linter *l,
                                 const struct active_rule *a, uint32_t source)
{
    const struct choice *c =
        source < l->inputs.n ? l->inputs.v[source]->choice : NULL;

    return c ? c->severities[a->number] : l->severities[a->number];
}

void choice_release(struct tl_linter *l)
{
    vec_release(&l->choices);
}
