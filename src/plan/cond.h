/*
 * cond.h - a plan's condition text back to columns and operators.
 */
#ifndef PLAN_COND_H
#define PLAN_COND_H

#include "base/arena.h"

#include <tusklint/plan.h>

/* See tl_plan_conditions() in plan.h; NULL and *count 0 when it does not
   parse. Call on a thread whose stack is PARSE_STACK or bound the text. */
const struct tl_condition *cond_parse(struct tl_str condition, struct arena *,
                                      uint32_t *count);

#endif
