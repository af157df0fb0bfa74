/*
 * canon.h - expressions as comparable text.
 *
 * Two expressions that PostgreSQL would match to one another (an index
 * expression and a filter, a predicate and its copy in a plan) get equal
 * texts: keywords and unquoted names folded, qualifiers of columns dropped,
 * types named as the parser names them, implicit-looking casts of constants
 * dropped, parentheses only where the tree needs them.
 */
#ifndef SQL_CANON_H
#define SQL_CANON_H

#include "base/arena.h"

#include <tusklint/schema.h>
#include <tusklint/tree.h>

/* In the arena. `text` is the statement's, for kinds that are not known:
   those give their own tokens. */
struct tl_str canon_expression(const struct tl_tree *, const struct tl_node *,
                               struct tl_str text, struct arena *);
/* A TypeName as the catalog keeps types; serial types give their integer
   type and set *serial (may be NULL). */
struct tl_type canon_type(const PgQuery__TypeName *, struct arena *,
                          bool *serial);
/* The name in a list of String nodes: {schema, name}, the last two parts. */
struct tl_name canon_name(PgQuery__Node *const *parts, size_t n,
                          struct arena *);
/* An identifier as SQL needs it written. */
struct tl_str canon_quoted(struct tl_str, struct arena *);

#endif
