/*
 * figures.c - rows and times that EXPLAIN does not print but implies.
 *
 * Rows and times are printed as averages of a loop, and every process that
 * takes part counts its own loops. A CTE runs when it is first read, so its
 * time is inside that of its CTE Scan and not of the node it hangs below.
 */
#include "plan/figures.h"

#define CTE_PREFIX "CTE "
/* Each is looked for in the whole plan; nobody writes that many. */
#define CTES_MAX 100

static double rows_scanned(const struct tl_plan_node *n)
{
    double rows = n->actual_rows;

    if (n->actual_loops < 0 || rows < 0)
        return -1;
    if (n->rows_removed > 0)
        rows += n->rows_removed;
    if (n->rows_removed_recheck > 0)
        rows += n->rows_removed_recheck;
    return rows * n->actual_loops;
}

/* The clock on the wall ran as long as one of the processes did. */
static double wall_ms(const struct tl_plan_node *n, double processes)
{
    if (n->actual_total < 0 || n->actual_loops < 0)
        return -1;
    double loops = n->actual_loops / processes;
    return n->actual_total * (loops < 1 && n->actual_loops >= 1 ? 1 : loops);
}

static bool is_cte(const struct tl_plan_node *n)
{
    size_t prefix = strlen(CTE_PREFIX);

    return tl_str_is(n->relationship, "InitPlan") &&
           n->subplan_name.n > prefix &&
           memcmp(n->subplan_name.p, CTE_PREFIX, prefix) == 0;
}

static void take_from(struct tl_plan_node *n, double ms)
{
    n->self_ms = n->self_ms > ms ? n->self_ms - ms : 0;
}

/* The first scan to run pays for the CTE; the others read what it stored. */
static void charge_scans(struct tl_plan_node *nodes, uint32_t count,
                         const struct tl_plan_node *cte, double whole)
{
    size_t prefix = strlen(CTE_PREFIX);
    struct tl_str name = {cte->subplan_name.p + prefix,
                          cte->subplan_name.n - prefix};

    for (uint32_t i = 0; i < count && whole > 0; i++) {
        struct tl_plan_node *n = &nodes[i];

        if (n->self_ms <= 0 || !tl_str_eq(n->cte_name, name))
            continue;
        double part = n->self_ms < whole ? n->self_ms : whole;
        take_from(n, part);
        whole -= part;
    }
}

/* The workers' share is there already. */
static void add_leaders_disk(struct tl_plan_node *n)
{
    double kb = n->disk_usage_kb > 0 ? n->disk_usage_kb : 0;

    if (tl_str_is(n->sort_space_type, "Disk") && n->sort_space_kb > 0)
        kb += n->sort_space_kb;
    n->disk_kb += kb;
    if (n->disk_most_kb < kb)
        n->disk_most_kb = kb;
}

void figures_compute(struct tl_plan_node *nodes, uint32_t count,
                     struct arena *arena)
{
    /* Of the processes that run a node's children; a parent stands first. */
    double *processes = ARENA_ARRAY(arena, double, count);
    double *whole = ARENA_ARRAY(arena, double, count);
    uint32_t ctes = 0;

    for (uint32_t i = 0; i < count; i++) {
        struct tl_plan_node *n = &nodes[i];
        double here = n->parent == TL_NO_NODE ? 1 : processes[n->parent];

        processes[i] =
            n->workers_launched >= 0 ? n->workers_launched + 1 : here;
        n->never_executed = n->actual_loops == 0;
        add_leaders_disk(n);
        n->rows_scanned = rows_scanned(n);
        n->rows_out = n->actual_loops >= 0 && n->actual_rows >= 0
                          ? n->actual_rows * n->actual_loops
                          : n->plan_rows;
        whole[i] = n->self_ms = wall_ms(n, here);
    }
    for (uint32_t i = 1; i < count; i++)
        if (whole[i] > 0 && !is_cte(&nodes[i]) && whole[nodes[i].parent] >= 0)
            take_from(&nodes[nodes[i].parent], whole[i]);
    for (uint32_t i = 1; i < count && ctes < CTES_MAX; i++)
        if (is_cte(&nodes[i])) {
            charge_scans(nodes, count, &nodes[i], whole[i]);
            ctes++;
        }
}
