/*
 * plan-regression - a plan is worse than the one that was found good.
 *
 * Costs and times are no matter, and neither is a plan that is only different:
 * what counts is how each table is reached, and what is sorted or spilled now.
 */
#include <tusklint/rule.h>

static bool is_index_scan(struct tl_str type)
{
    return tl_str_is(type, "Index Scan") ||
           tl_str_is(type, "Index Only Scan") ||
           tl_str_is(type, "Bitmap Index Scan");
}

static bool is_seq_scan(struct tl_str type)
{
    return tl_str_is(type, "Seq Scan") || tl_str_is(type, "Parallel Seq Scan");
}

static bool is_sort(struct tl_str type)
{
    return tl_str_is(type, "Sort") || tl_str_is(type, "Incremental Sort");
}

/* The index by which a table was reached. Below a bitmap heap scan the index
   has a node of its own, without the table's name. */
static struct tl_str index_before(const struct tl_plan_before *b,
                                  struct tl_str alias)
{
    for (uint32_t i = 0; i < b->count; i++) {
        const struct tl_plan_step *s = &b->steps[i];

        if (!s->index.n || !is_index_scan(s->type))
            continue;
        if (tl_str_eq(s->alias, alias))
            return s->index;
        for (uint32_t up = s->parent; !s->alias.n && up != TL_NO_NODE;
             up = b->steps[up].parent)
            if (b->steps[up].alias.n)
                return tl_str_eq(b->steps[up].alias, alias) ? s->index
                                                            : TL_NONE;
    }
    return TL_NONE;
}

static bool was_read_whole(const struct tl_plan_before *b, struct tl_str alias)
{
    for (uint32_t i = 0; i < b->count; i++)
        if (is_seq_scan(b->steps[i].type) &&
            tl_str_eq(b->steps[i].alias, alias))
            return true;
    return false;
}

static uint32_t count_sorts(const struct tl_plan_before *b)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < b->count; i++)
        n += is_sort(b->steps[i].type);
    return n;
}

static bool spilled(const struct tl_plan_before *b)
{
    for (uint32_t i = 0; i < b->count; i++)
        if (b->steps[i].spills)
            return true;
    return false;
}

static void relate(struct tl_ctx *ctx, struct tl_finding *f,
                   const struct tl_plan *p, const struct tl_plan_before *b,
                   const struct tl_plan_node *n)
{
    tl_related(ctx, f, b->span, "it was so before");
    if (p->query.n)
        tl_related(ctx, f, p->query_span, "the query");
    tl_about_node(ctx, f, p, n);
}

/* What they say of a table that is read whole follows from the lost index. */
static const char *const scan_rules[] = {
    "seq-scan",
    "seq-scan-in-loop",
    "index-missing-for-filter",
    "index-exists-but-unused",
    "filter-on-function",
};

/* True when it is one that was none. */
static bool tell_scan(struct tl_ctx *ctx, const struct tl_plan *p,
                      const struct tl_plan_before *b,
                      const struct tl_plan_node *n)
{
    struct tl_str index = index_before(b, n->alias);
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);

    if (!index.n || was_read_whole(b, n->alias))
        return false;
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "The index scan of %.*s using %.*s has become a sequential scan.",
        TL_FMT(table), TL_FMT(index));

    relate(ctx, f, p, b, n);
    for (size_t i = 0; i < sizeof(scan_rules) / sizeof(scan_rules[0]); i++)
        tl_explains(ctx, f, scan_rules[i], n);
    bool gone = tl_find_relation(tl_after(ctx), name, NULL) &&
                !tl_find_index(tl_after(ctx), (struct tl_name){TL_NONE, index});
    if (gone)
        tl_help(ctx, f, "The migrations do not make %.*s, or drop it.",
                TL_FMT(index));
    return true;
}

static void tell_index(struct tl_ctx *ctx, const struct tl_plan *p,
                       const struct tl_plan_before *b,
                       const struct tl_plan_node *n)
{
    const struct tl_plan_node *at = n;

    while (at && !at->alias.n)
        at = tl_plan_parent(p, at);
    struct tl_str index = at ? index_before(b, at->alias) : TL_NONE;
    if (!index.n || tl_str_eq(index, n->index))
        return;
    struct tl_finding *f =
        tl_report(ctx, n->span, "%.*s is now read by %.*s, not by %.*s.",
                  TL_FMT(at->relation), TL_FMT(n->index), TL_FMT(index));

    tl_set_severity(f, TL_NOTE);
    relate(ctx, f, p, b, n);
}

static void tell_sorts(struct tl_ctx *ctx, const struct tl_plan *p,
                       const struct tl_plan_before *b)
{
    uint32_t left = count_sorts(b);

    for (uint32_t i = 0; i < p->count; i++) {
        const struct tl_plan_node *n = &p->nodes[i];

        if (!is_sort(n->type) || left-- > 0)
            continue;
        struct tl_finding *f = tl_report(
            ctx, n->span, "The rows are sorted now; they were not before.");
        tl_set_severity(f, TL_WARNING);
        relate(ctx, f, p, b, n);
        return;
    }
}

static void tell_spills(struct tl_ctx *ctx, const struct tl_plan *p,
                        const struct tl_plan_before *b)
{
    for (uint32_t i = 0; i < p->count && !spilled(b); i++) {
        const struct tl_plan_node *n = &p->nodes[i];

        if (!tl_plan_spills(n))
            continue;
        struct tl_finding *f = tl_report(
            ctx, n->span, "%.*s writes to disk now.", TL_FMT(n->type));
        tl_set_severity(f, TL_WARNING);
        relate(ctx, f, p, b, n);
        return;
    }
}

/* The partitions of a table are scanned alike: once is enough. */
static bool is_repeated(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);

    for (const struct tl_plan_node *o = p->nodes; o < n; o++)
        if (o->parent == n->parent && parent &&
            (tl_str_is(parent->type, "Append") ||
             tl_str_is(parent->type, "Merge Append")) &&
            tl_str_eq(o->type, n->type))
            return true;
    return false;
}

static void check(struct tl_ctx *ctx, const struct tl_plan *p)
{
    const struct tl_plan_before *b = tl_plan_before(ctx, p);
    bool lost = false;

    for (uint32_t i = 0; b && i < p->count; i++) {
        const struct tl_plan_node *n = &p->nodes[i];

        if (is_repeated(p, n))
            continue;
        if (is_seq_scan(n->type))
            lost |= tell_scan(ctx, p, b, n);
        else if (n->index.n && is_index_scan(n->type))
            tell_index(ctx, p, b, n);
    }
    if (!b)
        return;
    /* The lost index may have given the order: one cause, one finding. */
    if (!lost)
        tell_sorts(ctx, p, b);
    tell_spills(ctx, p, b);
}

TL_RULE(plan_regression) = {
    .id = "TL525",
    .name = "plan-regression",
    .summary = "a plan has lost an index, or sorts or spills what it did not",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_ERROR,
    .on_plan = check,
};
