/*
 * plan_limits.h - what a plan rule takes for little, and what for much.
 *
 * One table, in the order of the rules' ids. Rows and loops are totals over
 * all processes unless the name says otherwise; times are milliseconds.
 */
#ifndef TUSKLINT_PLAN_LIMITS_H
#define TUSKLINT_PLAN_LIMITS_H

/* ---- TL501, TL503, TL513: seq-scan and its causes ---- */

/* Below, an index saves nothing that anybody would notice. */
#define TL_SCAN_MIN_ROWS 10000.0
/* An index pays when it finds less than this part of what was read. */
#define TL_SCAN_MAX_KEPT 0.10

/* ---- TL502: seq-scan-in-loop ---- */

#define TL_LOOP_SCAN_MIN_LOOPS 10.0
/* A table of a few pages is read as fast as an index of it. */
#define TL_LOOP_SCAN_MIN_ROWS_A_LOOP 1000.0
#define TL_LOOP_SCAN_MIN_ROWS 100000.0

/* ---- TL504: index-exists-but-unused ---- */

/* A page holds a hundred rows: when one row of fifty is kept, every page is
   read anyway, and the planner is right to read them in order. */
#define TL_UNUSED_MAX_KEPT 0.01
/* How far off an estimate is that explains the plan. */
#define TL_UNUSED_ESTIMATE_OFF 10.0

/* ---- TL505: rows-removed-by-filter ---- */

#define TL_REMOVED_MIN_ROWS 5000.0
#define TL_REMOVED_TIMES 10.0

/* ---- TL506: misestimate ---- */

#define TL_ESTIMATE_OFF 10.0
#define TL_ESTIMATE_MIN_ROWS 1000.0
/* Rows that were expected in vain cost memory and a cautious plan, no loop. */
#define TL_OVERESTIMATE_MIN_ROWS 10000.0

/* ---- TL512: nested-loop-blowup ---- */

#define TL_BLOWUP_MIN_LOOPS 1000.0
#define TL_BLOWUP_MAX_ESTIMATE 10.0
/* Less time in the inner side is nobody's trouble. */
#define TL_BLOWUP_MIN_MS 5.0

/* ---- TL514: partition-pruning-failed ---- */

/* Of two partitions, one more is not worth a word. */
#define TL_PRUNING_MIN_PARTITIONS 3
#define TL_PRUNING_MIN_ROWS 10000.0
/* Without ANALYZE: what the planner says of as many rows. */
#define TL_PRUNING_MIN_COST 100.0

/* ---- TL519: large-offset ---- */

#define TL_OFFSET_MIN_ROWS 10000.0
#define TL_OFFSET_TIMES 10.0

/* ---- TL520: limit-after-full-sort ---- */

#define TL_SORT_LIMIT_MIN_ROWS 10000.0
#define TL_SORT_LIMIT_TIMES 10.0

/* ---- TL521: cte-or-subplan-per-row ---- */

#define TL_SUBPLAN_MIN_LOOPS 1000.0
#define TL_SUBPLAN_MIN_MS 5.0
/* Of the time of the whole query. */
#define TL_SUBPLAN_MIN_SHARE 0.1
/* Rows of a CTE that are read again and again, over all loops. */
#define TL_CTE_LOOP_MIN_ROWS 100000.0

#endif
