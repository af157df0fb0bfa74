/*
 * txn.h - where a script stands: in a transaction or not, with what settings.
 */
#ifndef SCHEMA_TXN_H
#define SCHEMA_TXN_H

#include "base/vec.h"

#include <tusklint/op.h>

struct txn_savepoint {
    struct tl_str name; /* owned by the arena of the caller's run */
    size_t mark;        /* catalog_mark() then */
};

struct txn {
    bool wrapped;         /* the tool opens a transaction around the file */
    bool explicit_block;  /* BEGIN was seen, no COMMIT yet */
    bool utc;             /* the script set TimeZone to UTC */
    bool outer_utc;       /* ... what it is again behind a SET LOCAL's block */
    bool failed_nesting;  /* a BEGIN inside a block, a COMMIT without one */
    uint32_t number;      /* of the current transaction; rises */
    size_t mark;          /* catalog_mark() when the block began */
    struct tl_span begin; /* the BEGIN statement */
    VEC(struct txn_savepoint) savepoints;
};

enum txn_event {
    TXN_NONE,
    TXN_BEGAN,
    TXN_COMMITTED,
    TXN_ROLLED_BACK,
    TXN_ROLLED_BACK_TO
};

void txn_init(struct txn *);
void txn_release(struct txn *);
/* A new file or section; `wrapped` by the tool. A block left open ends. */
void txn_begin_file(struct txn *, bool wrapped, size_t mark);
/*
 * Feeds one op, before the catalog sees it; `mark` is the catalog's now. For
 * the rollback events `*rollback_to` is the mark to undo to. Outside a block
 * each statement is its own transaction: call txn_next_statement() before it.
 */
enum txn_event txn_op(struct txn *, const struct tl_op *, size_t mark,
                      size_t *rollback_to);
void txn_next_statement(struct txn *);
bool txn_is_open(const struct txn *);

#endif
