/*
 * txn.h - where a script stands: in a transaction or not, with what settings.
 */
#ifndef SCHEMA_TXN_H
#define SCHEMA_TXN_H

#include "base/vec.h"
#include "schema/settings.h"

#include <tusklint/op.h>

/* Settings in force, and what stays of them when the transaction commits. */
struct txn_settings {
    struct settings now, outer;
};

struct txn_savepoint {
    struct tl_str name; /* owned by the arena of the caller's run */
    size_t mark;        /* catalog_mark() then */
    struct tl_span at;
    struct txn_settings settings;
};

struct txn {
    bool by_tool;         /* the tool sends BEGIN first and COMMIT last */
    bool wrapped;         /* ... and its transaction is the one that is open */
    bool implicit;        /* only because the file is sent as one string */
    bool explicit_block;  /* BEGIN was seen, no COMMIT yet */
    bool failed_nesting;  /* a BEGIN inside a block, a COMMIT without one */
    uint32_t number;      /* of the current transaction; rises */
    size_t mark;          /* catalog_mark() when the block began */
    struct tl_span begin; /* the BEGIN statement */
    struct txn_settings settings;
    struct txn_settings before; /* when the block began */
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
/* How a file or section is run. */
enum txn_wrap {
    TXN_BARE,     /* each statement by itself */
    TXN_WRAPPED,  /* the tool sends BEGIN first */
    TXN_IMPLICIT, /* as one string, which PostgreSQL runs as one transaction
                     until a COMMIT in it (protocol-flow.html, "Multiple
                     Statements in a Simple Query") */
};
/* A new file or section. A block left open ends; settings are a session's. */
void txn_begin_file(struct txn *, enum txn_wrap, size_t mark);
/*
 * Feeds one op, before the catalog sees it; `mark` is the catalog's now. For
 * the rollback events `*rollback_to` is the mark to undo to. Outside a block
 * each statement is its own transaction: call txn_next_statement() before it.
 */
enum txn_event txn_op(struct txn *, const struct tl_op *, size_t mark,
                      size_t *rollback_to);
void txn_next_statement(struct txn *);
bool txn_is_open(const struct txn *);
/* The innermost savepoint; after TXN_ROLLED_BACK_TO the one gone back to. */
const struct txn_savepoint *txn_savepoint_now(const struct txn *);

#endif
