/*
 * plan.h - one EXPLAIN as an array of nodes.
 *
 * Preorder, like tree.h: a node's subtree is the slice up to its `end`.
 * Figures that the input does not have are negative.
 */
#ifndef TUSKLINT_PLAN_H
#define TUSKLINT_PLAN_H

#include <tusklint/base.h>
#include <tusklint/query.h>
#include <tusklint/schema.h>

struct tl_plan_node {
    struct tl_str type;         /* "Seq Scan" */
    struct tl_str relationship; /* "Outer", "Inner", "InitPlan", "SubPlan" */
    struct tl_str relation;     /* "Relation Name" */
    struct tl_str schema;
    struct tl_str alias;
    struct tl_str index;        /* "Index Name" */
    struct tl_str subplan_name; /* "CTE x", "InitPlan 1 (returns $0)" */
    struct tl_str filter;
    struct tl_str index_cond;
    struct tl_str recheck_cond;
    struct tl_str join_cond;    /* Hash Cond, Merge Cond or Join Filter */
    struct tl_str sort_key;     /* comma-joined */
    struct tl_str sort_method;
    struct tl_str sort_space_type;
    double startup_cost, total_cost;
    double plan_rows, plan_width;
    double actual_startup, actual_total; /* ms, per loop, as printed */
    double actual_rows, actual_loops;    /* rows: per loop, as printed */
    double rows_removed;                 /* by filter, per loop */
    double rows_removed_join;
    double rows_removed_recheck;
    double sort_space_kb;
    double hash_batches, original_hash_batches;
    double heap_fetches, exact_blocks, lossy_blocks;
    double workers_planned, workers_launched;
    double shared_hit, shared_read, temp_read, temp_written;
    bool parallel_aware;
    bool never_executed;
    uint32_t parent; /* TL_NO_NODE at the root */
    uint32_t end;
    struct tl_span span; /* of the value of "Node Type" in the input */
    /* Computed. */
    double rows_out;     /* actual_rows * loops, else plan_rows */
    double rows_scanned; /* + rows removed by the filter, over all loops;
                            negative without ANALYZE */
    double self_ms;      /* exclusive of children; negative without ANALYZE */
};

struct tl_plan {
    const struct tl_plan_node *nodes;
    uint32_t count;
    bool analyzed;
    struct tl_str query;     /* its text when known, else none */
    struct tl_span query_span; /* where that text stands; may be another file */
    uint64_t shape;          /* of the query, 0 when unknown */
    double planning_ms, execution_ms; /* negative when not given */
    struct tl_span span;     /* the whole plan */
    uint32_t number;         /* from 0, in the run */
};

static inline const struct tl_plan_node *
tl_plan_parent(const struct tl_plan *p, const struct tl_plan_node *n)
{
    return n->parent == TL_NO_NODE ? NULL : &p->nodes[n->parent];
}

/*
 * The node's condition text (Filter, Index Cond, ...) parsed back to
 * predicates on `n->relation`; casts that PostgreSQL printed on columns and
 * that cost nothing (varchar::text) are not wraps. The array and its trees
 * live as long as the plan. NULL and *count 0 when there is none or when it
 * does not parse.
 */
struct tl_condition {
    struct tl_str column;
    enum tl_wrap wrap;
    struct tl_str wrap_name; /* the function, or the cast's type */
    struct tl_str op;        /* as in tl_predicate */
    struct tl_str value;     /* source text of the other side */
    bool value_is_constant;  /* a literal (not a parameter or a column) */
    bool negated;
    bool under_or;
    struct tl_str expression; /* canonical text of the column's side */
    struct tl_str term;       /* canonical text of the comparison */
};
const struct tl_condition *tl_plan_conditions(struct tl_ctx *,
                                              const struct tl_plan *,
                                              struct tl_str condition,
                                              uint32_t *count);

#endif
