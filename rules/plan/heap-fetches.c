/*
 * heap-fetches - an index-only scan goes to the table all the same, because
 * VACUUM has not marked its pages.
 */
#include <tusklint/rule.h>

/* A plan over many partitions need not name all of them. */
#define TABLES_NAMED 8

struct tables {
    const struct tl_plan_node *nodes[TABLES_NAMED];
    uint32_t n;
};

static bool fetches(const struct tl_plan *p, const struct tl_plan_node *n)
{
    return tl_str_is(n->type, "Index Only Scan") &&
           n->heap_fetches >= tl_limit(p, TL_HEAP_FETCHES) &&
           n->heap_fetches >=
               tl_limit(p, TL_HEAP_FETCHES_PART) * n->rows_scanned;
}

static void add_table(struct tables *t, const struct tl_plan_node *n)
{
    for (uint32_t i = 0; i < t->n; i++)
        if (tl_str_eq(t->nodes[i]->relation, n->relation) &&
            tl_str_eq(t->nodes[i]->schema, n->schema))
            return;
    if (t->n < TABLES_NAMED && n->relation.n)
        t->nodes[t->n++] = n;
}

static struct tl_str table_list(struct tl_ctx *ctx, const struct tables *t)
{
    struct tl_str list = TL_NONE;

    for (uint32_t i = 0; i < t->n; i++) {
        struct tl_name name = {t->nodes[i]->schema, t->nodes[i]->relation};
        struct tl_str text = tl_name_text(ctx, name);

        list =
            i ? tl_printf(ctx, "%.*s, %.*s", TL_FMT(list), TL_FMT(text)) : text;
    }
    return list;
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n, const struct tables *t)
{
    struct tl_name name = {n->schema, n->relation};
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str index = tl_quoted(ctx, n->index);
    struct tl_str tables = table_list(ctx, t);
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "An Index Only Scan with %.*s reads %.0f rows and goes to "
        "%.*s %.0f times to see whether a row is visible.",
        TL_FMT(index), n->rows_scanned, TL_FMT(table), n->heap_fetches);

    tl_detail(ctx, f,
              "only VACUUM marks the pages whose rows all can see, and any "
              "write takes the mark away");
    tl_about_node(ctx, f, plan, n);
    if (tables.n)
        tl_help(ctx, f,
                "VACUUM (ANALYZE) %.*s; and let autovacuum come sooner: ALTER "
                "TABLE %.*s SET (autovacuum_vacuum_scale_factor = 0.02%s);",
                TL_FMT(tables), TL_FMT(table),
                tl_pg_version(ctx) >= 13
                    ? ", autovacuum_vacuum_insert_scale_factor = 0.02"
                    : "");
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    const struct tl_plan_node *worst = NULL;
    struct tables tables = {.n = 0};

    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];

        if (!fetches(plan, n))
            continue;
        add_table(&tables, n);
        if (!worst || n->heap_fetches > worst->heap_fetches)
            worst = n;
    }
    if (worst)
        report(ctx, plan, worst, &tables);
}

TL_RULE(heap_fetches) = {
    .id = "TL511",
    .name = "heap-fetches",
    .summary = "an index-only scan reads the table, which needs a VACUUM",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_NOTE,
    .on_plan = check,
};
