/*
 * advice.h - what the captured queries ask of the tables, held against the
 * indexes that the migrations leave behind.
 *
 * All of it may be asked for at the end of the run alone (on_end).
 */
#ifndef TUSKLINT_ADVICE_H
#define TUSKLINT_ADVICE_H

#include <tusklint/schema.h>
#include <tusklint/workload.h>

struct tl_ctx;

/*
 * A b-tree index that is not there and that captured queries would use: no
 * index begins with a column they look up by. One index stands for as many of
 * them as it can serve.
 */
struct tl_index_advice {
    const struct tl_relation *table;
    const struct tl_str *columns; /* compared with = first, in their order */
    uint32_t n_columns;
    struct tl_str predicate; /* of a partial index, which all shapes have as a
                                condition of their own; none: the whole table */
    struct tl_str name;      /* what PostgreSQL would call it */
    const struct tl_index *extends; /* it begins with this one's columns, which
                                       it makes superfluous; or NULL */
    const struct tl_shape *const *shapes; /* that it helps; costliest first */
    uint32_t n_shapes;
    uint64_t calls;       /* of all these shapes */
    uint64_t timed_calls; /* ... of those that have a time */
    double total_ms;      /* negative: none has a time */
};

/* The costliest first. */
const struct tl_index_advice *tl_index_advices(struct tl_ctx *, uint32_t *n);

/* How much the capture has to do with a table. */
struct tl_table_use {
    uint32_t shapes;
    uint64_t calls;
};

struct tl_table_use tl_table_use(const struct tl_ctx *,
                                 const struct tl_relation *);

/*
 * Does any query (captured, of a query file, of a view or of a function in the
 * migrations) mention a column of the index, other than to show it?
 * TL_UNKNOWN: one of them was not understood, or a record of the capture could
 * not be read.
 */
enum tl_know tl_index_is_mentioned(const struct tl_ctx *,
                                   const struct tl_index *);

/* A condition with an operator that b-trees know nothing of: @>, ?, && ... */
struct tl_operator_use {
    uint32_t relation;            /* id */
    struct tl_str operand;        /* canonical: a column, or an expression */
    struct tl_str op;             /* the operand standing on its left */
    const struct tl_shape *shape; /* NULL: in a function or a view */
    struct tl_span at;            /* the condition */
    bool alone; /* nothing else of the query leads to an index of the table */
};

/* In the order in which they were read. */
const struct tl_operator_use *tl_operator_uses(const struct tl_ctx *,
                                               uint32_t *n);

#endif
