/*
 * plan.h - one EXPLAIN as an array of nodes.
 *
 * Preorder, like tree.h: a node's subtree is the slice up to its `end`.
 * Figures that the input does not have are negative.
 */
#ifndef TUSKLINT_PLAN_H
#define TUSKLINT_PLAN_H

#include <tusklint/base.h>
#include <tusklint/finding.h>
#include <tusklint/plan_limits.h>
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
    struct tl_str cte_name;     /* of a CTE Scan */
    struct tl_str filter;
    struct tl_str index_cond;
    struct tl_str recheck_cond;
    struct tl_str join_cond; /* Hash Cond, Merge Cond or Join Filter */
    struct tl_str sort_key;  /* comma-joined */
    struct tl_str sort_method;
    struct tl_str sort_space_type;
    struct tl_str strategy; /* of an Aggregate: "Hashed", "Sorted" ... */
    double startup_cost, total_cost;
    double plan_rows, plan_width;
    double actual_startup, actual_total; /* ms, per loop, as printed */
    double actual_rows, actual_loops;    /* rows: per loop, as printed */
    double rows_removed;                 /* by filter, per loop */
    double rows_removed_join;
    double rows_removed_recheck;
    double sort_space_kb;
    double hash_batches, original_hash_batches;
    double hashagg_batches;    /* of the process that had most */
    double planned_partitions; /* of a hash aggregate: expected not to fit */
    double disk_usage_kb;      /* the leader's hash aggregate */
    double peak_memory_kb;
    double cache_hits, cache_misses; /* Memoize, over all processes */
    double cache_evictions, cache_overflows;
    double heap_fetches, exact_blocks, lossy_blocks;
    double workers_planned, workers_launched;
    double subplans_removed; /* of an Append: pruned when it started */
    double shared_hit, shared_read, temp_read, temp_written;
    double io_read_ms; /* shared blocks; 0 unless track_io_timing is on */
    bool parallel_aware;
    bool disabled; /* 18 and later */
    bool never_executed;
    uint32_t parent; /* TL_NO_NODE at the root */
    uint32_t end;
    struct tl_span span; /* of the value of "Node Type" in the input */
    /* Computed. */
    double rows_out;     /* actual_rows * loops, else plan_rows */
    double rows_scanned; /* + rows removed by the filter, over all loops;
                            negative without ANALYZE */
    double self_ms;      /* exclusive of children; negative without ANALYZE */
    /* What a sort or a hash aggregate wrote to disk, 0 when nothing: by all
       its processes, and by the one that wrote most. */
    double disk_kb, disk_most_kb;
};

struct tl_plan_trigger {
    struct tl_str name;
    struct tl_str constraint; /* of a foreign key's trigger, else none */
    struct tl_str relation;
    double time_ms, calls; /* negative when not given */
};

/* A setting that is not the server's built-in default. */
struct tl_plan_setting {
    struct tl_str name;
    struct tl_str value;
};

/* What a comment in the query file, or an option, expects of the plan:
   "-- expect-plan: index=bins_room_id_idx no-seq-scan=bins max-rows=1000". */
enum tl_expectation_kind {
    TL_EXPECT_UNKNOWN,     /* no such term, or its value is missing or wrong */
    TL_EXPECT_INDEX,       /* index=NAME: a node uses it */
    TL_EXPECT_NO_SEQ_SCAN, /* no-seq-scan[=TABLE] */
    TL_EXPECT_NO_SORT,     /* no-sort */
    TL_EXPECT_NODE,        /* node=TYPE, in quotes: node="Index Only Scan" */
    TL_EXPECT_NO_NODE,     /* no-node=TYPE */
    TL_EXPECT_MAX_ROWS,    /* max-rows=N: no node gives or scans more */
    TL_EXPECT_MAX_COST,    /* max-cost=N: of the whole plan */
    TL_EXPECT_MAX_MS,      /* max-ms=N: execution time, with ANALYZE */
};

/* ... for people. */
#define TL_EXPECT_TERMS                                                        \
    "index=NAME, no-seq-scan[=TABLE], no-sort, node=TYPE, no-node=TYPE, "      \
    "max-rows=N, max-cost=N and max-ms=N"

struct tl_expectation {
    enum tl_expectation_kind kind;
    struct tl_str text;  /* the term as it is written */
    struct tl_str value; /* behind its "="; none without */
    double number;       /* of max-... */
    struct tl_span span; /* of the term; empty when it came from an option */
};

struct tl_plan {
    const struct tl_plan_node *nodes;
    uint32_t count;
    bool analyzed;
    struct tl_str query;       /* its text when known, else none */
    struct tl_span query_span; /* where that text stands; may be another file */
    uint64_t shape;            /* of the query, 0 when unknown */
    const struct tl_expectation *expectations; /* of its query */
    uint32_t n_expectations;
    double planning_ms, execution_ms;   /* negative when not given */
    double jit_ms;                      /* the sum of all processes */
    double planning_hit, planning_read; /* shared blocks */
    const struct tl_plan_trigger *triggers;
    uint32_t n_triggers;
    const struct tl_plan_setting *settings;
    uint32_t n_settings;
    struct tl_span span;  /* the whole plan */
    uint32_t number;      /* from 0, in the run */
    const double *limits; /* see tl_limit(); NULL: the presets */
};

/* A node as a plan baseline keeps it. */
struct tl_plan_step {
    struct tl_str type, relation, alias, index;
    uint32_t parent; /* TL_NO_NODE at the root */
    bool spills;     /* a sort or hash that writes to disk */
};

/* A plan as it was when the baseline was written. */
struct tl_plan_before {
    const struct tl_plan_step *steps; /* preorder */
    uint32_t count;
    struct tl_span span; /* its line in the baseline */
};

/* What the query's plan was; NULL when no baseline of the run has the query,
   or when the plan is as one of them has it. */
const struct tl_plan_before *tl_plan_before(const struct tl_ctx *,
                                            const struct tl_plan *);
/* Is a name that a baseline has the one that the plan has now? JSON has no
   bytes that are no UTF-8: a baseline has U+FFFD for them. */
bool tl_plan_is_name(struct tl_str before, struct tl_str now);
/* Does the node write to disk what did not fit into memory? */
bool tl_plan_spills(const struct tl_plan_node *);

static inline const struct tl_plan_node *
tl_plan_parent(const struct tl_plan *p, const struct tl_plan_node *n)
{
    return n->parent == TL_NO_NODE ? NULL : &p->nodes[n->parent];
}

/* Its value when the plan shows it and it is not the default, else none. */
static inline struct tl_str tl_plan_setting(const struct tl_plan *p,
                                            const char *name)
{
    for (uint32_t i = 0; i < p->n_settings; i++)
        if (tl_str_is(p->settings[i].name, name))
            return p->settings[i].value;
    return (struct tl_str){NULL, 0};
}

/* What running it took: as measured, or what its parts add up to where
   auto_explain gives no sum; negative without ANALYZE. */
static inline double tl_plan_ms(const struct tl_plan *p)
{
    double ms = p->nodes[0].actual_total;

    if (p->execution_ms >= 0)
        return p->execution_ms;
    for (uint32_t i = 0; i < p->n_triggers && ms >= 0; i++)
        if (p->triggers[i].time_ms > 0)
            ms += p->triggers[i].time_ms;
    return ms;
}

/* "A Sort", "An Index Scan of orders". */
struct tl_str tl_step_text(struct tl_ctx *, const struct tl_plan_node *);
/* "35 MB", "912 kB" for a message; "64MB" for a SET, rounded up. */
struct tl_str tl_size_text(struct tl_ctx *, double kb);
struct tl_str tl_memory_text(struct tl_ctx *, double kb);
/* How many times work_mem a hash table may take: the plan's setting, or the
   version's default (1, and 2 since 15). */
double tl_hash_multiplier(const struct tl_ctx *, const struct tl_plan *);

/* Is the node of this type: "Limit", "Nested Loop"? */
static inline bool tl_node_is(const struct tl_plan_node *n, const char *type)
{
    return tl_str_is(n->type, type);
}

/* The node's next child after `last` (NULL first), of any relationship. */
static inline const struct tl_plan_node *
tl_next_child(const struct tl_plan *p, const struct tl_plan_node *n,
              const struct tl_plan_node *last)
{
    const struct tl_plan_node *next = last ? p->nodes + last->end : n + 1;

    return next < p->nodes + n->end ? next : NULL;
}

/* The child of that relationship: "Outer", "Inner"; NULL. */
const struct tl_plan_node *tl_child(const struct tl_plan *,
                                    const struct tl_plan_node *,
                                    const char *relationship);

/*
 * What is run for each row of something: the inner side of a Nested Loop, or a
 * SubPlan that is not hashed. The nearest one at or above the node; NULL, too,
 * where the planner expects that what stands between keeps the rows
 * (Materialize, Sort, Hash ...).
 */
const struct tl_plan_node *tl_plan_repeated(const struct tl_plan *,
                                            const struct tl_plan_node *);
/* How often the node runs: counted by ANALYZE, else what the planner expects;
   never below 1 for a node that runs. */
double tl_plan_times(const struct tl_plan *, const struct tl_plan_node *);
/* Rows that the node gives in all its runs: counted by ANALYZE, else what the
   planner expects, of all processes. */
double tl_rows_of_all(const struct tl_plan *, const struct tl_plan_node *);
/* Of all runs, in all processes; negative without times. */
double tl_plan_whole_ms(const struct tl_plan_node *);
/* Is the "SubPlan" computed once and looked up in, as its parent prints it? */
bool tl_is_hashed(const struct tl_plan *, const struct tl_plan_node *subplan);
/* Is the node the part of an Append that reads one partition? By its alias,
   which is the table's with a number. */
bool tl_is_partition(const struct tl_plan *, const struct tl_plan_node *);
/* Partitions that are looked at together; nobody reads a longer plan. */
#define TL_FELLOWS_MAX 4096

/* Are both partitions of one table of the query, below one Append? */
bool tl_is_fellow(const struct tl_plan *, const struct tl_plan_node *,
                  const struct tl_plan_node *);
/* Can the rows be stopped before their end: by a LIMIT, a semi-join, a merge
   or a subplan above? */
bool tl_may_stop_early(const struct tl_plan *, const struct tl_plan_node *);

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

/* Does the node's filter ask for a column of any table? Else no index and no
   statistics know what it keeps: a random sample, or what a subplan decides.
   True where it cannot be parsed. */
bool tl_filter_has_column(struct tl_ctx *, const struct tl_plan_node *);

/*
 * What every finding about a node says: the table that it reads, or the only
 * one below it, is the finding's object, unless the rule has named one; where
 * that table and the indexes that read it are made; and tl_relate_query(). What
 * is not known is left out.
 */
void tl_about_node(struct tl_ctx *, struct tl_finding *, const struct tl_plan *,
                   const struct tl_plan_node *);
/* The same for a finding about the whole plan: the captured query with its
   calls, its time, and who asked. */
void tl_relate_query(struct tl_ctx *, struct tl_finding *,
                     const struct tl_plan *);
/*
 * The finding tells of a cause, and what that rule says of the node follows
 * from it: the rule's finding there, before or after, becomes a note that
 * refers to this one.
 */
void tl_explains(struct tl_ctx *, struct tl_finding *, const char *rule,
                 const struct tl_plan_node *);
/* ", 12.5 ms in all" of the node's runs, or nothing without times. */
struct tl_str tl_node_time(struct tl_ctx *, const struct tl_plan_node *);

/* An Append that reads every partition, because the filter computes something
   of the partition key, so that none can be left out. */
struct tl_unpruned {
    const struct tl_relation *table; /* the partitioned one */
    const struct tl_plan_node *part; /* the first partition's scan */
    const struct tl_condition *wrapped;
    uint32_t partitions;
    double scanned, kept; /* negative without ANALYZE */
};
bool tl_is_unpruned(struct tl_ctx *, const struct tl_plan *,
                    const struct tl_plan_node *append, struct tl_unpruned *);

/* The column's side as an index of it is written: its expression, and a cast
   to text, which that leaves out because it often changes nothing. */
struct tl_str tl_condition_text(struct tl_ctx *, const struct tl_condition *);

/* Why a sequential scan reads so much to keep so little. */
enum tl_scan_cause {
    TL_SCAN_FINE,     /* small, or most rows are kept */
    TL_SCAN_IN_LOOP,  /* it is read again for each row of something else */
    TL_SCAN_SERVED,   /* an index that the catalog knows would serve it */
    TL_SCAN_NO_INDEX, /* the catalog knows the table, and no index of it begins
                         with a column that the filter compares */
    TL_SCAN_WRAPPED,  /* an index is there, but the filter wraps its column */
    TL_SCAN_OTHER,    /* the table is not in the catalog, or no single index
                         could serve the filter */
};

#define TL_SCAN_COLUMNS 8

struct tl_scan {
    const struct tl_relation *relation; /* NULL: not in the catalog */
    double scanned; /* rows read, over all loops and workers */
    double kept;
    double times;         /* how often it is read */
    bool measured;        /* by ANALYZE; else the planner's estimate */
    struct tl_str filter; /* the node's, or of the join that it is part of */
    const struct tl_condition *conditions;
    uint32_t n_conditions;
    /* Unless TL_SCAN_FINE or TL_SCAN_WRAPPED: what an index would begin with,
       equalities first, then at most one range. */
    const struct tl_condition *plain[TL_SCAN_COLUMNS];
    uint32_t n_plain;
    /* Of TL_SCAN_WRAPPED (with the index), TL_SCAN_OTHER and TL_SCAN_IN_LOOP;
       of TL_SCAN_SERVED only the index. */
    const struct tl_condition *wrapped;
    const struct tl_index *index;
    struct tl_str order; /* a column that the rows are sorted by right after */
};

/*
 * Judges a "Seq Scan" node with a filter (in a loop, the join's will do);
 * TL_SCAN_FINE for every other node,
 * and for one that shows a cause already seen in the plan (the partitions of
 * a table). `out` is filled unless TL_SCAN_FINE and lives as long as the hook.
 */
enum tl_scan_cause tl_judge_scan(struct tl_ctx *, const struct tl_plan *,
                                 const struct tl_plan_node *,
                                 struct tl_scan *out);
/* The same of an index scan's Index Cond and Filter: what one index could look
   up. Figures and cause are not filled. */
void tl_read_scan(struct tl_ctx *, const struct tl_plan *,
                  const struct tl_plan_node *, struct tl_scan *out);
/* "a, b" of its plain columns and the order; none when there are none. */
struct tl_str tl_scan_columns(struct tl_ctx *, const struct tl_scan *);
/* The statements that correct the estimate of a scan: ANALYZE, and statistics
   of what its condition compares. */
struct tl_str tl_better_estimate(struct tl_ctx *, const struct tl_plan *,
                                 const struct tl_plan_node *);
/*
 * "CREATE INDEX CONCURRENTLY t_a_b_idx ON t (a, b);" for its plain columns,
 * named as PostgreSQL would; none when there are none.
 */
struct tl_str tl_scan_index(struct tl_ctx *, const struct tl_plan_node *,
                            const struct tl_scan *);

#endif
