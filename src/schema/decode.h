/*
 * decode.h - one statement's tree to its ops.
 *
 * The only reader of AlterTableCmd, IndexStmt, Constraint and their kin.
 */
#ifndef SCHEMA_DECODE_H
#define SCHEMA_DECODE_H

#include "base/arena.h"

#include <tusklint/op.h>

struct op_list {
    struct tl_op *ops; /* in the arena */
    uint32_t n;
};

/*
 * `text` is the statement's; spans of the ops are offsets into it (source 0):
 * the engine moves them to the file. Statements without an effect that we know
 * give one TL_OP_OTHER. Runs on any thread, needs no catalog.
 */
void decode_statement(const struct tl_tree *, struct tl_str text,
                      struct arena *, struct op_list *);

#endif
