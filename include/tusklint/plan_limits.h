/*
 * plan_limits.h - from where on the plan rules speak, in order of their ids.
 *
 * Below each limit a finding would be true and useless: a query that spills a
 * few kilobytes or loses a millisecond is not why anybody waits. Rows and loops
 * are totals over all processes unless the name says otherwise; times are
 * milliseconds. A configuration may set them (`plan` in docs/configuration.md);
 * what is how PostgreSQL is made stands below as constants.
 */
#ifndef TUSKLINT_PLAN_LIMITS_H
#define TUSKLINT_PLAN_LIMITS_H

#include <tusklint/base.h>

struct tl_plan;

/* X(limit, its name in a configuration, preset, most or 0, what it is) */
/* clang-format off */
#define TL_PLAN_LIMITS(X) \
    X(TL_SCAN_MIN_ROWS, "scan-min-rows", 10000.0, 0.0, \
      "TL501: Rows that a scan reads; below, an index saves nothing that " \
      "anybody would notice.") \
    X(TL_SCAN_MAX_KEPT, "scan-max-kept", 0.1, 1.0, \
      "TL501: The part of the rows read below which an index pays.") \
    X(TL_LOOP_SCAN_MIN_LOOPS, "loop-scan-min-loops", 10.0, 0.0, \
      "TL502: Times that a table is read in one query.") \
    X(TL_LOOP_SCAN_MIN_ROWS_A_LOOP, "loop-scan-min-rows-a-loop", 1000.0, 0.0, \
      "TL502: Rows each time; a table of a few pages is read as fast as " \
      "an index of it.") \
    X(TL_LOOP_SCAN_MIN_ROWS, "loop-scan-min-rows", 100000.0, 0.0, \
      "TL502: Rows in all.") \
    X(TL_UNUSED_MAX_KEPT, "unused-max-kept", 0.01, 1.0, \
      "TL504: The part of the rows that is kept. A page holds a hundred " \
      "rows: when one row of fifty is kept, every page is read anyway, " \
      "and the planner is right to read them in order.") \
    X(TL_UNUSED_ESTIMATE_OFF, "unused-estimate-off", 10.0, 0.0, \
      "TL504: How far off an estimate is that explains the plan.") \
    X(TL_REMOVED_MIN_ROWS, "removed-min-rows", 5000.0, 0.0, \
      "TL505: Rows thrown away behind an index.") \
    X(TL_REMOVED_TIMES, "removed-times", 10.0, 0.0, \
      "TL505: So many for each one that is kept.") \
    X(TL_ESTIMATE_OFF, "estimate-off", 10.0, 0.0, \
      "TL506: How many times off an estimate is.") \
    X(TL_ESTIMATE_MIN_ROWS, "estimate-min-rows", 1000.0, 0.0, \
      "TL506: Rows, where too few were expected.") \
    X(TL_OVERESTIMATE_MIN_ROWS, "overestimate-min-rows", 10000.0, 0.0, \
      "TL506: Rows that were expected in vain: they cost memory and a " \
      "cautious plan, no loop.") \
    X(TL_SORT_SPILL_KB, "sort-spill-kb", 1024.0, 0.0, \
      "TL507: What the sort wrote.") \
    X(TL_HASH_SPILL_KB, "hash-spill-kb", 1024.0, 0.0, \
      "TL508: What the table would take in memory.") \
    X(TL_TEMP_IO_KB, "temp-io-kb", 4096.0, 0.0, \
      "TL509: What one node wrote by itself.") \
    X(TL_LOSSY_BLOCKS, "lossy-blocks", 500.0, 0.0, \
      "TL510: Pages without row numbers.") \
    X(TL_LOSSY_ROWS, "lossy-rows", 10000.0, 0.0, \
      "TL510: Rows of them that were thrown away.") \
    X(TL_HEAP_FETCHES, "heap-fetches", 1000.0, 0.0, \
      "TL511: Rows that were looked up in the table.") \
    X(TL_HEAP_FETCHES_PART, "heap-fetches-part", 0.1, 1.0, \
      "TL511: ... and this part of the rows read.") \
    X(TL_BLOWUP_MIN_LOOPS, "blowup-min-loops", 1000.0, 0.0, \
      "TL512: Times that the inner side runs.") \
    X(TL_BLOWUP_MAX_ESTIMATE, "blowup-max-estimate", 10.0, 0.0, \
      "TL512: Times that were expected, at most.") \
    X(TL_BLOWUP_MIN_MS, "blowup-min-ms", 5.0, 0.0, \
      "TL512: Time in the inner side; less is nobody's trouble.") \
    X(TL_PRUNING_MIN_ROWS, "pruning-min-rows", 10000.0, 0.0, \
      "TL514: Rows that all partitions read.") \
    X(TL_PRUNING_MIN_COST, "pruning-min-cost", 100.0, 0.0, \
      "TL514: Without ANALYZE: what the planner says of as many rows.") \
    X(TL_TRIGGER_MS, "trigger-ms", 50.0, 0.0, \
      "TL515: Time in a trigger.") \
    X(TL_TRIGGER_PART, "trigger-part", 0.2, 1.0, \
      "TL515: ... and this part of the whole.") \
    X(TL_JIT_MS, "jit-ms", 20.0, 0.0, \
      "TL516: Time of compiling in one process.") \
    X(TL_JIT_PART, "jit-part", 0.25, 1.0, \
      "TL516: ... and this part of the whole.") \
    X(TL_PLANNING_MS, "planning-ms", 50.0, 0.0, \
      "TL517: Time of planning.") \
    X(TL_GATHER_MS, "gather-ms", 10.0, 0.0, \
      "TL518: Time of the node that gathers.") \
    X(TL_OFFSET_MIN_ROWS, "offset-min-rows", 10000.0, 0.0, \
      "TL519: Rows that are skipped.") \
    X(TL_OFFSET_TIMES, "offset-times", 10.0, 0.0, \
      "TL519: So many for each one that is shown.") \
    X(TL_SORT_LIMIT_MIN_ROWS, "sort-limit-min-rows", 10000.0, 0.0, \
      "TL520: Rows that are sorted.") \
    X(TL_SORT_LIMIT_TIMES, "sort-limit-times", 10.0, 0.0, \
      "TL520: So many for each one that is shown.") \
    X(TL_SUBPLAN_MIN_LOOPS, "subplan-min-loops", 1000.0, 0.0, \
      "TL521: Times that a subquery runs.") \
    X(TL_SUBPLAN_MIN_MS, "subplan-min-ms", 5.0, 0.0, \
      "TL521: Time that it takes in all.") \
    X(TL_SUBPLAN_MIN_SHARE, "subplan-min-share", 0.1, 1.0, \
      "TL521: ... and this part of the whole query.") \
    X(TL_CTE_LOOP_MIN_ROWS, "cte-loop-min-rows", 100000.0, 0.0, \
      "TL521: Rows of a CTE that are read again and again, over all " \
      "loops.") \
    X(TL_DISK_BLOCKS, "disk-blocks", 10000.0, 0.0, \
      "TL522: Blocks that were not in the shared buffers.") \
    X(TL_DISK_TIMES, "disk-times", 9.0, 0.0, \
      "TL522: So many for each one that was.") \
    X(TL_DISK_TIME_PART, "disk-time-part", 0.1, 1.0, \
      "TL522: The part of the whole that reading took; less is no reading" \
      " from a disk.") \
    X(TL_MEMOIZE_LOOKUPS, "memoize-lookups", 1000.0, 0.0, \
      "TL526: Look-ups in a cache.") \
    X(TL_MEMOIZE_HITS_PART, "memoize-hits-part", 0.1, 1.0, \
      "TL526: The part of them that finds a row, below which the cache is" \
      " useless.") \
    X(TL_MEMOIZE_CHURN_PART, "memoize-churn-part", 0.5, 1.0, \
      "TL526: The part below which a cache that throws out more than it " \
      "finds is too small.")
/* clang-format on */

#define TL_LIMIT_NAME(limit, name, preset, most, doc) limit,
enum tl_plan_limit { TL_PLAN_LIMITS(TL_LIMIT_NAME) TL_PLAN_LIMIT_COUNT };
#undef TL_LIMIT_NAME

struct tl_plan_limit_info {
    const char *name;
    double preset;
    double most; /* 0: any number */
    const char *doc;
};

/* What holds for the file that the plan stands in. */
TL_API double tl_limit(const struct tl_plan *, enum tl_plan_limit);
TL_API const struct tl_plan_limit_info *tl_limit_info(enum tl_plan_limit);

#define TL_KB_PER_BLOCK 8.0 /* as nearly all servers are built */

/* More work_mem than this is nothing to advise for one query (TL507-TL510). */
#define TL_WORK_MEM_MOST_KB (1024.0 * 1024.0)

/* TL507 sort-spill. Beside its bytes on disk, what a row takes in memory: its
   slot in an array that grows by doubling, and the allocator's header (measured
   on 15). */
#define TL_SORT_ROW_BYTES 80.0
/* Beside its columns, what a row takes on disk. */
#define TL_SORT_DISK_ROW_BYTES 14.0

/* TL508 hash-spill. A row of a hash join beside its columns, and its bucket. */
#define TL_HASH_ROW_BYTES 32.0
#define TL_HASH_BUCKET_BYTES 8.0
/* A group of a hash aggregate: fixed, and for each byte of its columns, which
   are rounded up to a power of two (measured on 15). */
#define TL_HASH_GROUP_BYTES 104.0
#define TL_HASH_GROUP_GROWTH 1.5

/* TL509 temp-io. Rows that are kept take so many times their size on disk in
   memory, because each is rounded up to a power of two, and so much besides
   (measured on 15). */
#define TL_STORE_GROWTH 1.5
#define TL_STORE_ROW_BYTES 52.0

/* TL510 lossy-bitmap. */
#define TL_BITMAP_PAGE_BYTES 64.0 /* of work_mem, per page of the table */

/* TL514 partition-pruning-failed: of two, one more is not worth a word. */
#define TL_PRUNING_MIN_PARTITIONS 3

/* TL517 planning-time: a session that reads the catalogs from disk plans for
   the first time. */
#define TL_PLANNING_COLD_BLOCKS 100.0
/* So many scans are partitions and not joins. */
#define TL_PLANNING_SCANS 50

/* TL523 disabled-or-forced-node: what 17 and older add to the cost of what is
   switched off. */
#define TL_DISABLED_COST 1e10

#endif
