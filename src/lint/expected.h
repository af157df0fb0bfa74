/*
 * expected.h - what the run's options expect of queries' plans.
 */
#ifndef LINT_EXPECTED_H
#define LINT_EXPECTED_H

#include "base/vec.h"
#include "lint/linter.h"

/* One of options.plan_expectations, read. */
struct expected_plan {
    uint64_t shape;
    const struct tl_expectation *terms;
    uint32_t n_terms;
    const struct tl_plan_expectation *option;
    bool met; /* a plan of the query was among the inputs */
};

struct expected_plans {
    VEC(struct expected_plan) list;
};

/* False with a message when a query is empty, or a term not known. */
bool expected_check(const struct tl_options *, struct tl_error *);

/* Texts are the linter's. */
void expected_read(struct expected_plans *, struct tl_linter *);
/* Adds to the plan's expectations those of its query. */
void expected_join(struct expected_plans *, struct tl_linter *,
                   struct tl_plan *);
/* A query that must have a plan, and had none, is a failure of the run. */
void expected_tell(const struct expected_plans *, struct tl_linter *);
void expected_release(struct expected_plans *);

#endif
