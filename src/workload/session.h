/*
 * session.h - units of work: which executions belong together.
 *
 * A unit is a trace or request when queries carry its id, else a connection
 * between two pauses. Units are kept while they grow, a bounded number of
 * them and of executions in each; a unit that ends is handed to `ended`.
 */
#ifndef WORKLOAD_SESSION_H
#define WORKLOAD_SESSION_H

#include "base/vec.h"
#include "input/record.h"
#include "workload/shapes.h"
#include "workload/tags.h"
#include "workload/transactions.h"

#define UNIT_TEXT_MAX 96

/* Was it a transaction of its own? */
enum alone {
    ALONE_NO,     /* or nobody knows */
    ALONE_NO_SAY, /* yes, if the log shows each BEGIN: there was none */
    ALONE_YES,    /* yes, unless another one has the same transaction */
};

struct execution {
    struct tl_span span;
    int64_t start_us; /* EVENT_NO_TIME */
    int64_t end_us;
    double ms;            /* negative: unknown */
    double rows;          /* negative: unknown */
    uint64_t values;      /* of all literals and parameters */
    uint64_t keys;        /* of those that rows are looked up by */
    uint64_t transaction; /* 0: none, or not known */
    uint32_t shape;
    bool known; /* the parameters were logged whole */
    enum alone alone;
};

struct unit_of_work {
    bool traced;
    VEC(struct execution) list;
    char application[UNIT_TEXT_MAX];
    size_t application_n;
    char tag[UNIT_TEXT_MAX]; /* route, action or trace id */
    size_t tag_n;
    bool tag_is_name; /* no trace id */
};

struct session;

struct sessions {
    struct shapes *shapes;
    void (*ended)(void *arg, const struct unit_of_work *);
    void *arg;
    struct session **buckets;
    struct session *newest, *oldest;
    size_t n;
    uint64_t begins; /* seen */
    struct transactions transactions;
};

void sessions_init(struct sessions *, struct shapes *,
                   void (*ended)(void *, const struct unit_of_work *),
                   void *arg);
void sessions_release(struct sessions *);
/* An event whose statement, free of tags, led to `use`. */
void sessions_add(struct sessions *, uint32_t source, const struct event *,
                  const struct query_tags *, struct shape_use use);
/* "The session's last statement took this long." */
void sessions_duration(struct sessions *, uint32_t source,
                       const struct event *);
/* "It gave more rows." */
void sessions_fetch(struct sessions *, uint32_t source, const struct event *);
/* Ends every unit. */
void sessions_end(struct sessions *);

#endif
