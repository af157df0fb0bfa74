/*
 * figures.h - rows and times that EXPLAIN does not print but implies.
 */
#ifndef PLAN_FIGURES_H
#define PLAN_FIGURES_H

#include "base/arena.h"

#include <tusklint/plan.h>

/* Fills what plan.h calls computed. Linear in the plan, whatever its form. */
void figures_compute(struct tl_plan_node *nodes, uint32_t count,
                     struct arena *);

#endif
