/*
 * predicate.h - the comparisons that a statement filters by.
 */
#ifndef LINT_PREDICATE_H
#define LINT_PREDICATE_H

#include "lint/scope.h"

/* In the order of the text's clauses; see struct tl_predicate. */
const struct tl_predicate *predicate_list(struct scope *, struct tl_str text,
                                          struct arena *, uint32_t *count);

#endif
