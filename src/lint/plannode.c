/*
 * plannode.c - what the plan rules ask of a node's surroundings.
 *
 * How often does it run, and for each row of what? May it be stopped before
 * its end? Is it one of a table's partitions?
 */
#include "lint/linter.h"

/* Names that are looked for in conditions, and how many of them. */
#define ALIAS_MAX ((size_t)63)
#define ALIASES 8

const struct tl_plan_node *tl_child(const struct tl_plan *p,
                                    const struct tl_plan_node *n,
                                    const char *relationship)
{
    for (const struct tl_plan_node *c = tl_next_child(p, n, NULL); c;
         c = tl_next_child(p, n, c))
        if (tl_str_is(c->relationship, relationship))
            return c;
    return NULL;
}

/* ---- loops ---- */

/* Run again, they hand out the rows that they have. */
static bool keeps_rows(const struct tl_plan_node *n)
{
    static const char *const types[] = {"Materialize", "Sort", "Hash",
                                        "Memoize", "Incremental Sort"};

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (tl_node_is(n, types[i]))
            return true;
    return false;
}

static bool contains(struct tl_str text, struct tl_str part)
{
    return part.n && text.n && memmem(text.p, text.n, part.p, part.n);
}

bool tl_is_hashed(const struct tl_plan *p, const struct tl_plan_node *subplan)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, subplan);
    static const char prefix[] = "hashed ";
    char text[sizeof(prefix) + ALIAS_MAX + 1];

    if (!parent || !subplan->subplan_name.n ||
        subplan->subplan_name.n > ALIAS_MAX)
        return false;
    memcpy(text, prefix, sizeof(prefix) - 1);
    memcpy(text + sizeof(prefix) - 1, subplan->subplan_name.p,
           subplan->subplan_name.n);
    /* "hashed SubPlan 1" is no "hashed SubPlan 12". */
    size_t n = sizeof(prefix) - 1 + subplan->subplan_name.n;
    text[n] = ')';
    struct tl_str name = {text, n + 1};
    return contains(parent->filter, name) || contains(parent->join_cond, name);
}

static bool mentions(const struct tl_plan_node *n, struct tl_str name)
{
    return contains(n->filter, name) || contains(n->index_cond, name) ||
           contains(n->recheck_cond, name) || contains(n->join_cond, name);
}

static bool any_mentions(const struct tl_plan *p,
                         const struct tl_plan_node *top, struct tl_str alias)
{
    char text[ALIAS_MAX + 2];

    if (!alias.n || alias.n > ALIAS_MAX)
        return false;
    memcpy(text, alias.p, alias.n);
    text[alias.n] = '.';
    for (const struct tl_plan_node *n = top; n < p->nodes + top->end; n++)
        if (mentions(n, (struct tl_str){text, alias.n + 1}))
            return true;
    return false;
}

/* Does it name a column of what stands around it? */
static bool is_correlated(const struct tl_plan *p, const struct tl_plan_node *n,
                          const struct tl_plan_node *parent)
{
    const struct tl_plan_node *end = p->nodes + parent->end;
    int tried = 0;

    for (const struct tl_plan_node *o = parent; o < end && tried < ALIASES;
         o = o + 1 == n ? p->nodes + n->end : o + 1) {
        tried += o->alias.n > 0;
        if (any_mentions(p, n, o->alias))
            return true;
    }
    return false;
}

/* Without ANALYZE a SubPlan among the output columns does not say whether it
   is hashed: one that depends on the row never is. */
static bool is_subplan_of_rows(const struct tl_plan *p,
                               const struct tl_plan_node *n,
                               const struct tl_plan_node *parent)
{
    if (tl_is_hashed(p, n))
        return false;
    return n->actual_loops >= 0 || mentions(parent, n->subplan_name) ||
           is_correlated(p, n, parent);
}

static bool is_repeated(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);

    if (!parent)
        return false;
    if (tl_str_is(n->relationship, "SubPlan"))
        return is_subplan_of_rows(p, n, parent);
    return tl_str_is(n->relationship, "Inner") &&
           tl_node_is(parent, "Nested Loop");
}

const struct tl_plan_node *tl_plan_repeated(const struct tl_plan *p,
                                            const struct tl_plan_node *n)
{
    /* ANALYZE counts: what is kept is not run again. */
    bool counted = n->actual_loops >= 0;

    for (; n && (counted || !keeps_rows(n)); n = tl_plan_parent(p, n)) {
        if (is_repeated(p, n))
            return n;
        /* Computed once, wherever it hangs. */
        if (tl_str_is(n->relationship, "InitPlan"))
            return NULL;
    }
    return NULL;
}

static double expected_rows(const struct tl_plan_node *n)
{
    return n && n->plan_rows > 1 ? n->plan_rows : 1;
}

double tl_plan_times(const struct tl_plan *p, const struct tl_plan_node *n)
{
    double times = 1;

    if (n->actual_loops >= 0)
        return n->actual_loops > 1 ? n->actual_loops : 1;
    while ((n = tl_plan_repeated(p, n))) {
        const struct tl_plan_node *parent = tl_plan_parent(p, n);

        times *= tl_str_is(n->relationship, "SubPlan")
                     ? expected_rows(parent)
                     : expected_rows(tl_child(p, parent, "Outer"));
        n = parent;
    }
    return times;
}

double plan_divisor(const struct tl_plan *p, const struct tl_plan_node *n)
{
    if (!n->parallel_aware)
        return 1;
    while ((n = tl_plan_parent(p, n)) && n->workers_planned < 0)
        ;
    double workers = n ? n->workers_planned : 0;
    double leader = 1.0 - 0.3 * workers;
    return workers < 1 ? 1 : workers + (leader > 0 ? leader : 0);
}

double tl_rows_of_all(const struct tl_plan *p, const struct tl_plan_node *n)
{
    if (n->actual_loops >= 0)
        return n->rows_out;
    return n->plan_rows * tl_plan_times(p, n) * plan_divisor(p, n);
}

double tl_plan_whole_ms(const struct tl_plan_node *n)
{
    return n->actual_total < 0 || n->actual_loops < 0
               ? -1
               : n->actual_total * n->actual_loops;
}

/* A hash join whose hash is empty asks its outer side for one row. */
static bool is_empty_hash(const struct tl_plan *p,
                          const struct tl_plan_node *join)
{
    const struct tl_plan_node *hash = tl_child(p, join, "Inner");

    return tl_node_is(join, "Hash Join") && hash && hash->rows_out < 1;
}

bool tl_may_stop_early(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *up;

    for (; (up = tl_plan_parent(p, n)); n = up)
        if (tl_node_is(up, "Limit") || tl_node_is(up, "Merge Join") ||
            tl_node_is(up, "Nested Loop") || is_empty_hash(p, up) ||
            tl_str_is(n->relationship, "SubPlan") ||
            tl_str_is(n->relationship, "InitPlan"))
            return true;
    return false;
}

/* ---- partitions ---- */

/* A partition goes by the alias of its table with a number, "scans_3"; in 12
   by its own name, where the query gives its table none. */
static struct tl_str base_alias(const struct tl_plan_node *n)
{
    struct tl_str s = n->alias;

    while (s.n && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9')
        s.n--;
    return s.n > 1 && s.n < n->alias.n && s.p[s.n - 1] == '_'
               ? (struct tl_str){s.p, s.n - 1}
               : n->alias;
}

static bool is_appended(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);

    return parent &&
           (tl_node_is(parent, "Append") || tl_node_is(parent, "Merge Append"));
}

static bool goes_by_own_name(const struct tl_plan_node *n)
{
    return n->filter.n && n->relation.n && tl_str_eq(n->alias, n->relation);
}

bool tl_is_fellow(const struct tl_plan *p, const struct tl_plan_node *a,
                  const struct tl_plan_node *b)
{
    if (a == b)
        return true;
    if (!is_appended(p, a) || a->parent != b->parent || !a->alias.n)
        return false;
    return tl_str_eq(base_alias(a), base_alias(b)) ||
           (goes_by_own_name(a) && goes_by_own_name(b) &&
            tl_str_eq(a->filter, b->filter));
}

/* Partitions stand beside each other: one of them is enough to know. */
bool tl_is_partition(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);

    if (!parent || !is_appended(p, n))
        return false;
    if (base_alias(n).n < n->alias.n)
        return true;
    const struct tl_plan_node *beside = tl_next_child(p, parent, n);
    if (!beside)
        beside = tl_next_child(p, parent, NULL);
    return goes_by_own_name(n) && beside != n && tl_is_fellow(p, n, beside);
}

/* ---- words ---- */

struct tl_str tl_node_time(struct tl_ctx *ctx, const struct tl_plan_node *n)
{
    double ms = tl_plan_whole_ms(n);

    return ms > 0 ? tl_printf(ctx, ", %.1f ms in all", ms) : TL_STR("");
}

struct tl_str tl_condition_text(struct tl_ctx *ctx,
                                const struct tl_condition *c)
{
    if (c->wrap != TL_WRAP_CAST || !tl_str_eq(c->expression, c->column))
        return c->expression;
    struct tl_str column = tl_quoted(ctx, c->column);
    return tl_printf(ctx, "%.*s::%.*s", TL_FMT(column), TL_FMT(c->wrap_name));
}
