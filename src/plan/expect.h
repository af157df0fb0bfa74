/*
 * expect.h - what comments in a query file, or options, expect of a plan.
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
/* The same of terms without a comment around them: "index=a_idx, no-sort".
   Their texts are those of `text`, their spans are empty. */
struct tl_expectation *expect_terms(struct tl_str text, struct arena *,
                                    uint32_t *count);

#endif
