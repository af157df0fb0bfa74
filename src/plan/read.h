/*
 * read.h - EXPLAIN (FORMAT JSON) to plans.
 */
#ifndef PLAN_READ_H
#define PLAN_READ_H

#include "base/arena.h"
#include "base/vec.h"
#include "input/textmap.h"

#include <tusklint/plan.h>

struct plan_error {
    size_t at; /* offset in the text read */
    struct tl_str message;
};

struct plan_list {
    VEC(struct tl_plan) plans;
    VEC(struct plan_error) errors;
};

/*
 * Reads every plan in `text`: an EXPLAIN array, one object, several one after
 * the other, an array of them, or psql's dressing around one. Nodes and texts
 * are the arena's. Spans are offsets into `text` (source 0), mapped through
 * `map` and given `source` when map is not NULL. What is no plan is an error
 * with its position; the rest is read.
 */
void plan_read(struct tl_str text, struct arena *, uint32_t source,
               const struct text_map *, struct tl_str file,
               struct plan_list *out);
void plan_list_release(struct plan_list *);
/* Could it be one? Looks at the first bytes only. */
bool plan_sniff(struct tl_str text);

#endif
