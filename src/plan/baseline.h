/*
 * baseline.h - what plans looked like when they were found good.
 *
 * A JSON line a plan: its query's shape and its nodes, without costs and
 * times. Lines are sorted, so that a changed plan is a changed line in a diff.
 */
#ifndef PLAN_BASELINE_H
#define PLAN_BASELINE_H

#include "base/buf.h"
#include "base/vec.h"
#include "plan/read.h"

#define BASELINE_VERSION 1

struct baseline_entry {
    uint64_t key;
    struct tl_plan_before plan;
};

struct baseline {
    VEC(struct baseline_entry) entries; /* by key, once it is sorted */
};

/* Could it be one? Looks at the first bytes only. */
bool baseline_sniff(struct tl_str text);
/* Adds the plans of a file; texts are the arena's. Lines that are no plan are
   errors with their place. */
void baseline_read(struct baseline *, struct tl_str text, uint32_t source,
                   struct arena *, struct plan_list *errors);
void baseline_sort(struct baseline *);
void baseline_release(struct baseline *);
/* The plan's line, newline included. */
void baseline_write(struct buf *, uint64_t key, struct tl_str query,
                    const struct tl_plan *);
/* The one that differs; NULL when there is none with that key, or when one of
   them is as the plan is. */
const struct tl_plan_before *
baseline_find(const struct baseline *, uint64_t key, const struct tl_plan *);
/* Does the node write to disk what did not fit into memory? */
bool baseline_spills(const struct tl_plan_node *);
/* Is the name that a baseline has the plan's? A name of another encoding was
   written with U+FFFD for each byte that is no UTF-8. */
bool baseline_is_text(struct tl_str written, struct tl_str);

#endif
