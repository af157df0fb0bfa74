/*
 * lossy-bitmap - a bitmap that did not fit in work_mem forgot which rows of a
 * page it wants, so all of them are compared again.
 */
#include <tusklint/rule.h>

#define KB 1024.0
/* Below one scan: ANDs and ORs of index scans. */
#define BITMAPS_MAX 1000

static double removed(const struct tl_plan_node *n)
{
    return n->rows_removed_recheck *
           (n->actual_loops > 0 ? n->actual_loops : 1);
}

/* A BRIN index knows ranges of pages only: its bitmaps are lossy with any
   memory, and have no exact page. */
static bool is_by_nature(struct tl_ctx *ctx, const struct tl_plan *plan,
                         const struct tl_plan_node *n)
{
    if (n->exact_blocks <= 0)
        return true;
    if (n->end - (uint32_t)(n - plan->nodes) > BITMAPS_MAX)
        return false;
    for (const struct tl_plan_node *c = n + 1; c < plan->nodes + n->end; c++) {
        struct tl_name name = {n->schema, c->index};

        if (!tl_str_is(c->type, "Bitmap Index Scan"))
            continue;
        const struct tl_index *index = tl_find_index(tl_after(ctx), name);

        if (index && tl_str_is(index->method, "brin"))
            return true;
    }
    return false;
}

static void report(struct tl_ctx *ctx, const struct tl_plan *plan,
                   const struct tl_plan_node *n)
{
    struct tl_name name = {n->schema, n->relation};
    double pages = n->lossy_blocks + n->exact_blocks;
    double need = pages * TL_BITMAP_PAGE_BYTES / KB;
    struct tl_str table = tl_name_text(ctx, name);
    struct tl_str now = tl_plan_setting(plan, "work_mem");
    struct tl_str memory = tl_memory_text(ctx, need);
    struct tl_finding *f = tl_report(
        ctx, n->span,
        "A bitmap for %.*s did not fit in work_mem: of %.0f pages %.0f are "
        "read without knowing which rows, and %.0f rows are thrown away.",
        TL_FMT(table), pages, n->lossy_blocks, removed(n));

    tl_detail(ctx, f, "the condition compared again is %.*s%s%.*s",
              TL_FMT(n->recheck_cond), now.n ? "; work_mem is " : "",
              TL_FMT(now));
    tl_about_node(ctx, f, plan, n);
    tl_help(ctx, f,
            "SET LOCAL work_mem = '%.*s'; before the query holds about %.0f "
            "pages.",
            TL_FMT(memory), pages);
}

static void check(struct tl_ctx *ctx, const struct tl_plan *plan)
{
    const struct tl_plan_node *worst = NULL;

    for (uint32_t i = 0; i < plan->count; i++) {
        const struct tl_plan_node *n = &plan->nodes[i];

        if (tl_str_is(n->type, "Bitmap Heap Scan") &&
            n->lossy_blocks >= tl_limit(plan, TL_LOSSY_BLOCKS) &&
            removed(n) >= tl_limit(plan, TL_LOSSY_ROWS) &&
            (!worst || n->lossy_blocks > worst->lossy_blocks) &&
            !is_by_nature(ctx, plan, n))
            worst = n;
    }
    if (worst)
        report(ctx, plan, worst);
}

TL_RULE(lossy_bitmap) = {
    .id = "TL510",
    .name = "lossy-bitmap",
    .summary = "a bitmap without room for row numbers has rows compared again",
    .since = "0.1",
    .family = TL_PLAN,
    .severity = TL_NOTE,
    .on_plan = check,
};
