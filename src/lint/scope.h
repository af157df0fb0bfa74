/*
 * scope.h - what the column names in a statement stand for.
 *
 * Made once a statement and lazily filled; see tl_resolve_column() in
 * query.h for the contract.
 */
#ifndef LINT_SCOPE_H
#define LINT_SCOPE_H

#include "base/arena.h"

#include <tusklint/query.h>

struct scope;

/* Everything is the arena's; the tree must live as long. */
struct scope *scope_create(const struct tl_tree *, struct tl_schema,
                           struct arena *);
const struct tl_tree *scope_tree(const struct scope *);
bool scope_resolve(struct scope *, const struct tl_node *column_ref,
                   struct tl_column_ref *out);

#endif
