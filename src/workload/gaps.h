/*
 * gaps.h - what a capture does not show, so that nobody takes silence for
 * "nothing found".
 */
#ifndef WORKLOAD_GAPS_H
#define WORKLOAD_GAPS_H

#include "base/vec.h"
#include "input/record.h"
#include "workload/shapes.h"
#include "workload/transactions.h"

/* What was seen of one log. */
struct log_seen {
    uint64_t record; /* the last one in the file so far: where it starts */
    int64_t time_us; /* and its time */
    uint64_t timed;  /* statements with a time */
    uint64_t untimed;
    double fastest_ms;
    struct tl_span fastest;
};

struct gaps {
    VEC(struct tl_gap) list;
    VEC(struct log_seen) logs; /* by the number of the source */
};

void gaps_release(struct gaps *);
/* `n` more of the kind at that place; the first place is told. */
void gaps_add(struct gaps *, enum tl_gap_kind, struct tl_span at, uint64_t n,
              double ms);
/* Every event, in the order of its file. */
void gaps_event(struct gaps *, uint32_t source, const struct event *);
/* Everything was read. */
void gaps_finish(struct gaps *, const struct shapes *,
                 const struct transactions *);

/* A text that does not parse: because its end is missing? */
bool text_is_cut(struct tl_str);

#endif
