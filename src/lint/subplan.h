/*
 * subplan.h - a plan's condition without the names of its subplans.
 *
 * EXPLAIN prints "(hashed SubPlan 1)" where a query has a subquery, which no
 * parser reads, and each release prints it in its own way:
 *
 *   until 13    (alternatives: SubPlan 1 or hashed SubPlan 2)
 *   until 16    (hashed SubPlan 1), $0 for what an InitPlan gives
 *   since 17    (ANY (id = (hashed SubPlan 1).col1)), EXISTS(SubPlan 1),
 *               (InitPlan 1).col1
 *
 * A subplan becomes NULL, with the comparison that belongs to it, and what an
 * InitPlan gives becomes a parameter, as it was until 16.
 */
#ifndef LINT_SUBPLAN_H
#define LINT_SUBPLAN_H

#include "base/arena.h"

#include <tusklint/base.h>

/* The condition as SQL; itself when no subplan is in it, or when it is nested
   too deep to say. Lives as long as the arena. */
struct tl_str subplan_as_sql(struct tl_str condition, struct arena *);

#endif
