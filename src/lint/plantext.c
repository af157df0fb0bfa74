/*
 * plantext.c - what plan rules say alike: sizes, and how often a query runs.
 */
#include "lint/linter.h"

#include <tusklint/rule.h>

#include <stdlib.h>

#define KB_IN_MB 1024.0

struct tl_str tl_step_text(struct tl_ctx *ctx, const struct tl_plan_node *n)
{
    struct tl_name name = {n->schema, n->relation};
    const char *a = n->type.n && strchr("AEIOU", *n->type.p) ? "An" : "A";

    if (n->cte_name.n)
        return tl_printf(ctx, "%s %.*s of %.*s", a, TL_FMT(n->type),
                         TL_FMT(n->cte_name));
    if (!n->relation.n)
        return tl_printf(ctx, "%s %.*s", a, TL_FMT(n->type));
    struct tl_str table = tl_name_text(ctx, name);
    return tl_printf(ctx, "%s %.*s of %.*s", a, TL_FMT(n->type), TL_FMT(table));
}

struct tl_str tl_size_text(struct tl_ctx *ctx, double kb)
{
    if (kb >= KB_IN_MB * KB_IN_MB)
        return tl_printf(ctx, "%.1f GB", kb / (KB_IN_MB * KB_IN_MB));
    if (kb >= 10 * KB_IN_MB)
        return tl_printf(ctx, "%.0f MB", kb / KB_IN_MB);
    if (kb >= KB_IN_MB)
        return tl_printf(ctx, "%.1f MB", kb / KB_IN_MB);
    return tl_printf(ctx, "%.0f kB", kb);
}

/* 1, 2, 3 ... 8, 10, 12, 14, 16, 20, 24 ...: nobody sets 37 MB. */
struct tl_str tl_memory_text(struct tl_ctx *ctx, double kb)
{
    double mb = kb / KB_IN_MB;
    double step = 1;

    while (step * 8 <= mb && step < 1e9)
        step *= 2;
    double steps = 1;
    while (steps * step < mb && steps < 16)
        steps++;
    return tl_printf(ctx, "%.0fMB", steps * step);
}

double tl_hash_multiplier(const struct tl_ctx *ctx, const struct tl_plan *plan)
{
    struct tl_str set = tl_plan_setting(plan, "hash_mem_multiplier");
    char text[32] = "";

    if (set.n && set.n < sizeof(text)) {
        memcpy(text, set.p, set.n);
        double given = strtod(text, NULL);
        if (given >= 1 && given <= 1000)
            return given;
    }
    return tl_pg_version(ctx) >= 15 ? 2 : 1;
}
