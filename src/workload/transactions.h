/*
 * transactions.h - transactions that stay open while nothing runs, or long.
 *
 * Fed with the events of each connection in order. Only a transaction whose
 * BEGIN and end were logged is told of, and only where the log leaves no quick
 * statement out: what it leaves out would look like a pause.
 */
#ifndef WORKLOAD_TRANSACTIONS_H
#define WORKLOAD_TRANSACTIONS_H

#include "base/arena.h"
#include "base/vec.h"
#include "input/record.h"
#include "workload/shapes.h"

/* Pairs of queries kept. */
#define TRANSACTIONS_MAX 1024u
/* Different queries that wrote, of one transaction. */
#define WRITERS_MAX 4

/* A query at its place; shape NO_SHAPE: none. */
struct query_place {
    uint32_t shape;
    struct tl_span span;
};

/* The transaction that is open in a connection. */
struct open_transaction {
    bool open; /* its BEGIN was seen, and all that it did since */
    int64_t begin_us;
    int64_t start_us; /* of the last statement, query or not */
    int64_t end_us;   /* the same; EVENT_NO_TIME: not known yet */
    uint64_t id;      /* hash of the server's own, or 0 */
    uint32_t statements;
    struct query_place first, last; /* queries */
    int64_t longest_us;             /* of a statement */
    int64_t pause_us;               /* the longest */
    struct query_place before, after;
    uint32_t writers[WRITERS_MAX];
    uint32_t n_writers;
    uint32_t n_writers_before; /* the pause */
};

/* What a log shows of transactions, by the number of the source. */
struct log_habits {
    uint64_t begins;
    uint64_t nested; /* BEGINs inside of a transaction: its end is missing */
    bool all_begins; /* quick ones are logged, too */
    bool server;     /* a server wrote it */
    struct tl_span first_nested;
};

struct transactions {
    struct arena *arena;
    const struct shapes *shapes;
    VEC(struct tl_transaction) list;
    VEC(struct log_habits) habits;
};

/* Who did it. */
struct transaction_owner {
    uint32_t source;
    struct tl_str application;
    struct tl_str tag;
};

void transactions_init(struct transactions *, struct arena *,
                       const struct shapes *);
void transactions_release(struct transactions *);
/* An event of the connection, whose statement led to `use`. */
void transactions_event(struct transactions *, struct open_transaction *,
                        const struct transaction_owner *, const struct event *,
                        struct shape_use use);
/* "The last statement ended now", or went on until now. */
void transactions_ended(struct open_transaction *, const struct event *);
/* All were seen: leaves out those of logs that are samples. */
void transactions_finish(struct transactions *);
const struct log_habits *transactions_habits(const struct transactions *,
                                             uint32_t source);
/* Statements of the log are missing at random. */
bool log_is_sample(const struct log_habits *);

#endif
