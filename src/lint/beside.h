/*
 * beside.h - the .sql file that lies beside a plan and has its query.
 */
#ifndef LINT_BESIDE_H
#define LINT_BESIDE_H

#include "lint/linter.h"

struct beside_input;

/* The run's inputs by their paths; zeroes are none. */
struct beside {
    struct beside_input *by_path;
    size_t n_known; /* of the run's inputs */
};

/*
 * report.sql of report.json or report.plan.json: an input of the run, or else
 * the file, which is read for the plan's sake and not linted. NULL when there
 * is none. The input is the run's.
 */
struct input *beside_plan(struct beside *, struct tl_linter *,
                          const char *plan_path);
void beside_release(struct beside *);

#endif
