/*
 * tree.h - making flat trees, and finding regions in them.
 */
#ifndef SQL_TREE_H
#define SQL_TREE_H

#include "base/arena.h"

#include <tusklint/tree.h>

struct tokens;

/*
 * The preorder array of a message and everything below it, made by reflection
 * over protobuf-c's descriptors: it covers every node kind of the libpg_query
 * it is compiled with. Array and nodes are the arena's, messages are borrowed.
 */
struct tl_tree tree_flatten(const ProtobufCMessage *root, struct arena *);

/*
 * The tightest source text of a node: from the leftmost token that belongs to
 * it to the end of its last one; what each kind's region is stands in one
 * table in tree_region.c. The whole text for a statement.
 */
void tree_region(const struct tl_tree *, const struct tl_node *,
                 struct tl_str text, size_t *start, size_t *end);

/* The same for a text whose tokens are at hand: a statement may be asked about
   as many nodes as it is long. */
void tree_region_of(const struct tl_tree *, const struct tl_node *,
                    const struct tokens *, size_t *start, size_t *end);

/* "A_Expr", "RangeVar": the kind's name, for debugging and tests. */
const char *tree_kind_name(uint16_t kind);

#endif
