/*
 * workload.h - the captured queries of a run: shapes, calls and loops.
 *
 * Fed with the events of logs and the statements of query files, in order;
 * after workload_finish() it only answers. Must be used on one thread with a
 * stack of PARSE_STACK bytes, because a new shape is parsed when it is seen.
 * Everything handed out lives as long as the workload and its arena.
 */
#ifndef WORKLOAD_WORKLOAD_H
#define WORKLOAD_WORKLOAD_H

#include "base/arena.h"
#include "input/record.h"
#include "workload/shapes.h"

#include <tusklint/workload.h>

struct workload;

/* `loop_minimum`: executions that a loop must have. */
struct workload *workload_create(struct arena *run, uint32_t loop_minimum);
void workload_destroy(struct workload *);
/* For a digest: no loops are looked for, and each shape keeps an example that
   does not depend on the order of events. To be called at once. */
void workload_only_count(struct workload *);
/* A statement of a query file: a shape without calls. `text` is its text,
   which `map` places in the file `source`, whose bytes are `file`. */
const struct tl_shape *workload_query(struct workload *, struct tl_str text,
                                      uint32_t source, struct tl_str file,
                                      struct text_map map);
/* An event of the log `source`; spans of the event get that source. */
void workload_add(struct workload *, uint32_t source, const struct event *);
/* The log has ended: sessions of another one are others. */
void workload_end_file(struct workload *);
/* Ends every window, tells which loops there are; the catalog completes what
   a text alone does not say (which table an unqualified column is of). */
void workload_finish(struct workload *, struct tl_schema);

/* In order of first sight; index is tl_shape.number. */
const struct tl_shape *workload_shapes(const struct workload *, size_t *n);
const struct shape_extra *workload_extra(const struct workload *,
                                         const struct tl_shape *);
const struct shape_stats *workload_stats(const struct workload *,
                                         const struct tl_shape *);
/* By that hash, or NULL. */
const struct tl_shape *workload_shape(const struct workload *, uint64_t hash);
/* One for each shape and kind of place; the most expensive first. */
const struct tl_loop *workload_loops(const struct workload *, size_t *n);
/* One for each name, of requests with many statements. */
const struct tl_request *workload_requests(const struct workload *, size_t *n);
/* One for each two queries with a pause between, and for each first query. */
const struct tl_transaction *workload_transactions(const struct workload *,
                                                   size_t *n);
/* One for each input and kind of what it does not show. */
const struct tl_gap *workload_gaps(const struct workload *, size_t *n);
/* Does the shape not parse because its text has no end? */
bool workload_is_cut(const struct workload *, const struct tl_shape *);
/* Did a log give events (and not only query files)? */
bool workload_has_capture(const struct workload *);
/* Executions that found no place in the tables: to be told, not hidden. */
uint64_t workload_dropped(const struct workload *);

#endif
