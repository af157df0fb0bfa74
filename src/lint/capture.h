/*
 * capture.h - what capture.c, queries.c and plans.c share while a run is
 * captured.
 */
#ifndef LINT_CAPTURE_H
#define LINT_CAPTURE_H

#include "lint/beside.h"
#include "lint/linter.h"
#include "plan/read.h"

/* A plan that waits until every query is counted. */
struct kept_plan {
    struct tl_plan plan;
    uint64_t structure; /* node types, relations and indexes, hashed */
};

struct capture {
    struct tl_linter *linter;
    uint32_t n_file_shapes; /* those that query files had first */
    VEC(struct kept_plan) plans;
    uint32_t *by_structure; /* open addressing: index + 1 */
    size_t table_size;
    struct beside beside;
};

/* Calls every hook of the list with `arg`, outside of any statement. */
void capture_call(struct tl_linter *, const struct active_rule **list,
                  judge_fn *call, const void *arg);

/* queries.c: the unit's statement; one that does not parse is told of. */
void query_judge(struct tl_linter *, const struct unit *, bool told);
/* A query file's text with numbers in the place of parameters' names. */
struct tl_str query_file_text(struct tl_linter *, const struct input *);
void query_read_file(struct tl_linter *, struct input *);
void query_read_data(struct tl_linter *, struct input *);

/* plans.c */
/* The shape of a query, EXPLAIN and tags in it apart; 0 when it is empty. */
uint64_t plan_query_shape(struct tl_str);
void capture_plan_file(struct capture *, struct input *);
/* An auto_explain entry: one of each structure and query is kept. */
void capture_plan_event(struct capture *, struct input *, const struct event *);
/* Plans as they were; to be read before the plans are judged. */
void capture_baseline_file(struct tl_linter *, struct input *);
void capture_plans_judge(struct capture *);
void capture_plans_release(struct capture *);

#endif
