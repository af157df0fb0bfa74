/*
 * expect.h - what comments in a query file expect of the query's plan.
 */
#ifndef PLAN_EXPECT_H
#define PLAN_EXPECT_H

#include "base/arena.h"

#include <tusklint/plan.h>

/*
 * Reads every comment that begins with "expect-plan:" in the text, whose
 * offsets are those of the source. The list is the arena's; a term that is not
 * known is one of the kind TL_EXPECT_UNKNOWN.
 */
struct tl_expectation *expect_read(struct tl_str text, uint32_t source,
                                   struct arena *, uint32_t *count);

#endif
