/*
 * predicate.h - the comparisons that a statement filters by.
 */
#ifndef LINT_PREDICATE_H
#define LINT_PREDICATE_H

#include "lint/scope.h"

/* In the order of the text's clauses; see struct tl_predicate. In a function
   (`has_variables`) a name that stands for no column is a variable. */
const struct tl_predicate *predicate_list(struct scope *, bool has_variables,
                                          struct arena *, uint32_t *count);

#endif
