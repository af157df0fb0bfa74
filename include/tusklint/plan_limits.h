/*
 * plan_limits.h - from where on the plan rules speak, in order of their ids.
 *
 * Below each limit a finding would be true and useless: a query that spills a
 * few kilobytes or loses a millisecond is not why anybody waits. Rows and loops
 * are totals over all processes unless the name says otherwise; times are
 * milliseconds.
 */
#ifndef TUSKLINT_PLAN_LIMITS_H
#define TUSKLINT_PLAN_LIMITS_H

#define TL_KB_PER_BLOCK 8.0 /* as nearly all servers are built */

/* More work_mem than this is nothing to advise for one query (TL507-TL510). */
#define TL_WORK_MEM_MOST_KB (1024.0 * 1024.0)

/* TL501, TL503, TL513: seq-scan. */

/* Below, an index saves nothing that anybody would notice. */
#define TL_SCAN_MIN_ROWS 10000.0
/* An index pays when it finds less than this part of what was read. */
#define TL_SCAN_MAX_KEPT 0.10

/* TL502: seq-scan-in-loop. */

#define TL_LOOP_SCAN_MIN_LOOPS 10.0
/* A table of a few pages is read as fast as an index of it. */
#define TL_LOOP_SCAN_MIN_ROWS_A_LOOP 1000.0
#define TL_LOOP_SCAN_MIN_ROWS 100000.0

/* TL504: index-exists-but-unused. */

/* A page holds a hundred rows: when one row of fifty is kept, every page is
   read anyway, and the planner is right to read them in order. */
#define TL_UNUSED_MAX_KEPT 0.01
/* How far off an estimate is that explains the plan. */
#define TL_UNUSED_ESTIMATE_OFF 10.0

/* TL505: rows-removed-by-filter. */

#define TL_REMOVED_MIN_ROWS 5000.0
#define TL_REMOVED_TIMES 10.0

/* TL506: misestimate. */

#define TL_ESTIMATE_OFF 10.0
#define TL_ESTIMATE_MIN_ROWS 1000.0
/* Rows that were expected in vain cost memory and a cautious plan, no loop. */
#define TL_OVERESTIMATE_MIN_ROWS 10000.0

/* TL507 sort-spill: what the sort wrote. */
#define TL_SORT_SPILL_KB 1024.0
/* Beside its bytes on disk, what a row takes in memory: its slot in an array
   that grows by doubling, and the allocator's header (measured on 15). */
#define TL_SORT_ROW_BYTES 80.0
/* Beside its columns, what a row takes on disk. */
#define TL_SORT_DISK_ROW_BYTES 14.0

/* TL508 hash-spill: what the table would take in memory. */
#define TL_HASH_SPILL_KB 1024.0
/* A row of a hash join beside its columns, and its bucket. */
#define TL_HASH_ROW_BYTES 32.0
#define TL_HASH_BUCKET_BYTES 8.0
/* A group of a hash aggregate: fixed, and for each byte of its columns, which
   are rounded up to a power of two (measured on 15). */
#define TL_HASH_GROUP_BYTES 104.0
#define TL_HASH_GROUP_GROWTH 1.5

/* TL509 temp-io: what one node wrote by itself. */
#define TL_TEMP_IO_KB 4096.0
/* Rows that are kept take so many times their size on disk in memory, because
   each is rounded up to a power of two, and so much besides (measured on 15).
 */
#define TL_STORE_GROWTH 1.5
#define TL_STORE_ROW_BYTES 52.0

/* TL510 lossy-bitmap: pages without row numbers, rows then thrown away. */
#define TL_LOSSY_BLOCKS 500.0
#define TL_LOSSY_ROWS 10000.0
#define TL_BITMAP_PAGE_BYTES 64.0 /* of work_mem, per page of the table */

/* TL511 heap-fetches: so many, and this part of the rows read. */
#define TL_HEAP_FETCHES 1000.0
#define TL_HEAP_FETCHES_PART 0.10

/* TL512: nested-loop-blowup. */

#define TL_BLOWUP_MIN_LOOPS 1000.0
#define TL_BLOWUP_MAX_ESTIMATE 10.0
/* Less time in the inner side is nobody's trouble. */
#define TL_BLOWUP_MIN_MS 5.0

/* TL514: partition-pruning-failed. */

/* Of two partitions, one more is not worth a word. */
#define TL_PRUNING_MIN_PARTITIONS 3
#define TL_PRUNING_MIN_ROWS 10000.0
/* Without ANALYZE: what the planner says of as many rows. */
#define TL_PRUNING_MIN_COST 100.0

/* TL515 trigger-time: so long, and this part of the whole. */
#define TL_TRIGGER_MS 50.0
#define TL_TRIGGER_PART 0.20

/* TL516 jit-overhead: so long in one process, and this part of the whole. */
#define TL_JIT_MS 20.0
#define TL_JIT_PART 0.25

/* TL517 planning-time: so long; and a session that reads the catalogs from
   disk plans for the first time. */
#define TL_PLANNING_MS 50.0
#define TL_PLANNING_COLD_BLOCKS 100.0
/* So many scans are partitions and not joins. */
#define TL_PLANNING_SCANS 50

/* TL518 workers-not-launched: so long takes the node that gathers. */
#define TL_GATHER_MS 10.0

/* TL519: large-offset. */

#define TL_OFFSET_MIN_ROWS 10000.0
#define TL_OFFSET_TIMES 10.0

/* TL520: limit-after-full-sort. */

#define TL_SORT_LIMIT_MIN_ROWS 10000.0
#define TL_SORT_LIMIT_TIMES 10.0

/* TL521: cte-or-subplan-per-row. */

#define TL_SUBPLAN_MIN_LOOPS 1000.0
#define TL_SUBPLAN_MIN_MS 5.0
/* Of the time of the whole query. */
#define TL_SUBPLAN_MIN_SHARE 0.1
/* Rows of a CTE that are read again and again, over all loops. */
#define TL_CTE_LOOP_MIN_ROWS 100000.0

/* TL522 disk-reads: blocks that were not in the shared buffers, and how many
   times as many as were; time below this part of the whole is no reading from
   a disk. */
#define TL_DISK_BLOCKS 10000.0
#define TL_DISK_TIMES 9.0
#define TL_DISK_TIME_PART 0.10

/* TL523 disabled-or-forced-node: what 17 and older add to the cost of what is
   switched off. */
#define TL_DISABLED_COST 1e10

/* TL526 low-cache-or-memoize: look-ups, and the part that found a row. */
#define TL_MEMOIZE_LOOKUPS 1000.0
#define TL_MEMOIZE_HITS_PART 0.10
/* A cache that throws out more than it finds is too small below this part. */
#define TL_MEMOIZE_CHURN_PART 0.50

#endif
