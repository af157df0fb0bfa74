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

/* "scans_3" is "scans" of the third partition: numbers change when one comes
   or goes. */
static struct tl_str without_number(struct tl_str alias)
{
    struct tl_str s = alias;

    while (s.n && s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9')
        s.n--;
    return s.n > 1 && s.n < alias.n && s.p[s.n - 1] == '_'
               ? (struct tl_str){s.p, s.n - 1}
               : alias;
}

/* Did it read what the node reads? */
static bool is_same(const struct tl_plan *p, const struct tl_plan_step *s,
                    const struct tl_plan_node *n)
{
    if (!tl_plan_is_name(s->relation, n->relation))
        return false;
    return tl_is_partition(p, n) ? tl_plan_is_name(without_number(s->alias),
                                                   without_number(n->alias))
                                 : tl_plan_is_name(s->alias, n->alias);
}

/* The index by which the node's table was reached. Below a bitmap heap scan the
   index has a node of its own, without the table's name. */
static struct tl_str index_before(const struct tl_plan *p,
                                  const struct tl_plan_before *b,
                                  const struct tl_plan_node *n)
{
    for (uint32_t i = 0; i < b->count; i++) {
        const struct tl_plan_step *s = &b->steps[i];

        if (!s->index.n || !is_index_scan(s->type))
            continue;
        const struct tl_plan_step *reader = s;
        while (!reader->alias.n && reader->parent != TL_NO_NODE)
            reader = &b->steps[reader->parent];
        if (reader->alias.n && is_same(p, reader, n))
            return s->index;
    }
    return TL_NONE;
}

static bool was_read_whole(const struct tl_plan *p,
                           const struct tl_plan_before *b,
                           const struct tl_plan_node *n)
{
    for (uint32_t i = 0; i < b->count; i++)
        if (is_seq_scan(b->steps[i].type) && is_same(p, &b->steps[i], n))
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
#define N_SCAN_RULES (sizeof(scan_rules) / sizeof(scan_rules[0]))

/* The partitions of a table are read alike. */
static void explain_scans(struct tl_ctx *ctx, struct tl_finding *f,
                          const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);
    const struct tl_plan_node *first = parent ? parent + 1 : n;
    const struct tl_plan_node *end = p->nodes + (parent ? parent->end : n->end);

    for (const struct tl_plan_node *o = first;
         o < end && o - first < TL_FELLOWS_MAX; o = p->nodes + o->end)
        for (size_t i = 0; i < N_SCAN_RULES && tl_is_fellow(p, n, o); i++)
            tl_explains(ctx, f, scan_rules[i], o);
}

/* What would bring the index back, when no other serves. */
static void add_help(struct tl_ctx *ctx, struct tl_finding *f,
                     const struct tl_plan *p, const struct tl_plan_node *n,
                     struct tl_str before)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_scan scan;
    struct tl_str index = TL_STR("");

    if (!tl_find_relation(tl_after(ctx), name, NULL) ||
        tl_find_index(tl_after(ctx), (struct tl_name){n->schema, before}))
        return;
    if (tl_judge_scan(ctx, p, n, &scan) == TL_SCAN_NO_INDEX)
        index = tl_scan_index(ctx, n, &scan);
    tl_help(ctx, f, "The migrations do not make %.*s, or drop it.%s%.*s",
            TL_FMT(before), index.n ? " " : "", TL_FMT(index));
}

/* True when it is one that was none. */
static bool tell_scan(struct tl_ctx *ctx, const struct tl_plan *p,
                      const struct tl_plan_before *b,
                      const struct tl_plan_node *n)
{
    struct tl_str index = index_before(p, b, n);
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);

    if (!index.n || was_read_whole(p, b, n))
        return false;
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "The index scan of %.*s using %.*s has become a sequential scan.",
        TL_FMT(table), TL_FMT(index));

    relate(ctx, f, p, b, n);
    explain_scans(ctx, f, p, n);
    add_help(ctx, f, p, n, index);
    return true;
}

/* A Bitmap Index Scan stands below the node that has the table. */
static const struct tl_plan_node *reader_of(const struct tl_plan *p,
                                            const struct tl_plan_node *n)
{
    const struct tl_plan_node *at = n;

    while (!at->alias.n && tl_plan_parent(p, at))
        at = tl_plan_parent(p, at);
    return at;
}

/* Was it called so, before a migration renamed it? */
static bool was_called(const struct tl_ctx *ctx, struct tl_name now,
                       struct tl_str before)
{
    struct tl_schema s = tl_after(ctx);
    const struct tl_relation *r = tl_find_relation(s, now, NULL);

    while (r && !tl_str_eq(r->name.name, before) && r->row.born) {
        s.at = r->row.born - 1;
        r = tl_relation_by_id(s, r->id);
    }
    return r && tl_str_eq(r->name.name, before);
}

/* True when there is something to tell. */
static bool tell_index(struct tl_ctx *ctx, const struct tl_plan *p,
                       const struct tl_plan_before *b,
                       const struct tl_plan_node *n)
{
    const struct tl_plan_node *at = reader_of(p, n);
    struct tl_str index = at->alias.n ? index_before(p, b, at) : TL_NONE;
    if (!index.n || tl_plan_is_name(index, n->index) ||
        was_called(ctx, (struct tl_name){at->schema, n->index}, index))
        return false;
    struct tl_finding *f =
        tl_report(ctx, n->span, "%.*s is now read by %.*s, not by %.*s.",
                  TL_FMT(at->relation), TL_FMT(n->index), TL_FMT(index));

    tl_set_severity(f, TL_NOTE);
    relate(ctx, f, p, b, n);
    return true;
}

/* Processes sort their groups, so that they can be put together. */
static bool is_of_workers(const struct tl_plan *p, const struct tl_plan_node *n)
{
    const struct tl_plan_node *parent = tl_plan_parent(p, n);
    const struct tl_plan_node *child = tl_child(p, n, "Outer");

    return parent && child && tl_str_is(parent->type, "Gather Merge") &&
           tl_str_is(child->type, "Aggregate");
}

static void tell_sorts(struct tl_ctx *ctx, const struct tl_plan *p,
                       const struct tl_plan_before *b)
{
    uint32_t left = count_sorts(b);

    for (uint32_t i = 0; i < p->count; i++) {
        const struct tl_plan_node *n = &p->nodes[i];

        if (!is_sort(n->type) || is_of_workers(p, n) || left-- > 0)
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

/* True when a table is read whole that was not. */
static bool tell_tables(struct tl_ctx *ctx, const struct tl_plan *p,
                        const struct tl_plan_before *b)
{
    const struct tl_plan_node *told = NULL;
    bool lost = false;

    for (uint32_t i = 0; i < p->count; i++) {
        const struct tl_plan_node *n = &p->nodes[i];
        bool tells = false;

        /* The partitions of a table are read alike: once is enough. */
        if (told && tl_is_fellow(p, told, reader_of(p, n)))
            continue;
        if (is_seq_scan(n->type))
            lost |= tells = tell_scan(ctx, p, b, n);
        else if (n->index.n && is_index_scan(n->type))
            tells = tell_index(ctx, p, b, n);
        if (tells)
            told = reader_of(p, n);
    }
    return lost;
}

static void check(struct tl_ctx *ctx, const struct tl_plan *p)
{
    const struct tl_plan_before *b = tl_plan_before(ctx, p);

    if (!b)
        return;
    /* The lost index may have given the order: one cause, one finding. */
    if (!tell_tables(ctx, p, b))
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
