/*
 * select.c - which rules a name means, and how severe they are in a run.
 */
#include "lint/select.h"

#include "lint/suggest.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *const families[] = {"meta",  "migration", "schema",
                                       "query", "workload",  "plan"};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* One star is remembered at a time, so that this is never exponential. */
static bool glob(struct tl_str pattern, const char *name)
{
    size_t p = 0;
    size_t star = SIZE_MAX;
    const char *resume = NULL;

    while (*name) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            resume = name;
        } else if (p < pattern.n && (pattern.p[p] == '?' ||
                                     lower(pattern.p[p]) == lower(*name))) {
            p++;
            name++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            name = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

static bool is_all(struct tl_str pattern)
{
    return pattern.n == 3 && strncasecmp(pattern.p, "all", 3) == 0;
}

/* By a name of its own, not as one of many. */
static bool names_it(const struct tl_rule *r, struct tl_str pattern)
{
    if (glob(pattern, r->id) || glob(pattern, r->name))
        return true;
    for (const char *const *a = r->aliases; a && *a; a++)
        if (glob(pattern, *a))
            return true;
    return false;
}

static bool is_glob(struct tl_str pattern)
{
    return pattern.n && (memchr(pattern.p, '*', pattern.n) ||
                         memchr(pattern.p, '?', pattern.n));
}

bool select_matches(const struct tl_rule *r, struct tl_str pattern)
{
    if (pattern.n == 0)
        return false;
    return is_all(pattern) || glob(pattern, families[r->family]) ||
           names_it(r, pattern);
}

bool select_is_known(struct tl_str pattern)
{
    for (size_t i = 0; i < tl_rule_count(); i++)
        if (select_matches(tl_rule_at(i), pattern))
            return true;
    return false;
}

struct tl_str select_suggest(struct tl_str pattern)
{
    struct tl_str nearest = TL_NONE;
    unsigned best = 0;

    for (size_t i = 0; i < tl_rule_count(); i++) {
        const struct tl_rule *r = tl_rule_at(i);

        suggest_consider(pattern, tl_str_c(r->name), &nearest, &best);
        suggest_consider(pattern, tl_str_c(r->id), &nearest, &best);
        for (const char *const *a = r->aliases; a && *a; a++)
            suggest_consider(pattern, tl_str_c(*a), &nearest, &best);
    }
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++)
        suggest_consider(pattern, tl_str_c(families[i]), &nearest, &best);
    return nearest;
}

bool select_check(const struct tl_options *o, struct tl_error *error)
{
    for (size_t i = 0; i < o->n_selectors; i++) {
        struct tl_str name = tl_str_c(o->selectors[i].rule);

        if (select_is_known(name))
            continue;
        struct tl_str near = select_suggest(name);
        snprintf(error->message, sizeof(error->message),
                 "no rule is named '%.*s'%s%.*s%s", TL_FMT(name),
                 near.n ? "; did you mean '" : "", TL_FMT(near),
                 near.n ? "'?" : "; `tusklint rules` lists them");
        return false;
    }
    return true;
}

/* A run that could not look must not be silent about it. */
static bool is_always_on(const struct tl_rule *r)
{
    return r->family == TL_META && (strcmp(r->name, "syntax-error") == 0 ||
                                    strcmp(r->name, "unreadable-input") == 0);
}

struct level {
    enum tl_severity severity; /* when it is on */
    bool on;
};

static void apply(const struct tl_selector *s, const struct tl_rule *r,
                  struct level *level)
{
    struct tl_str pattern = tl_str_c(s->rule);

    if (!select_matches(r, pattern))
        return;
    if (s->keep_severity) {
        level->on = true;
    } else if (s->severity == TL_OFF) {
        level->on = false;
    } else {
        level->severity = s->severity;
        if (!s->only_level && names_it(r, pattern) && !is_glob(pattern))
            level->on = true;
    }
}

enum tl_severity select_severity(const struct tl_options *o,
                                 const struct tl_rule *r)
{
    struct level level = {r->severity, !r->opt_in};

    if (o->only_selected && !is_always_on(r))
        level.on = false;
    for (size_t i = 0; i < o->n_selectors; i++)
        apply(&o->selectors[i], r, &level);
    return level.on ? level.severity : TL_OFF;
}
