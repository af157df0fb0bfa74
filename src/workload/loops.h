/*
 * loops.h - shapes that ran again and again inside one unit of work.
 *
 * loops.c finds them as units end; link.c, when the schema is known, says
 * which query gave the keys and how sure all that is.
 */
#ifndef WORKLOAD_LOOPS_H
#define WORKLOAD_LOOPS_H

#include "base/arena.h"
#include "workload/gaps.h"
#include "workload/session.h"

#define CANDIDATES_MAX 6
#define BETWEEN_MAX 4

/* A query that ran before the loop. */
struct loop_parent {
    uint32_t shape;
    bool between; /* it also runs inside the loop */
    double rows;  /* negative: unknown */
    struct tl_execution at;
};

struct raw_loop {
    uint64_t key; /* loops of one key are one place in the application */
    uint32_t shape;
    uint32_t n;
    uint32_t distinct;      /* of all values; 0: not captured */
    uint32_t distinct_keys; /* of those that rows are looked up by */
    double total_ms;        /* negative: unknown */
    double think_ms;        /* mean pause between two; negative: unknown */
    struct tl_execution first, last;
    struct tl_run *runs; /* room for TL_LOOP_RUNS */
    uint32_t n_runs;
    enum tl_window window;
    enum alone alone;   /* all of them */
    bool wrote_between; /* to a table that the shape reads */
    uint32_t between[BETWEEN_MAX];
    uint32_t n_between;
    struct loop_parent parents[CANDIDATES_MAX]; /* nearest first */
    uint32_t n_parents;
    uint32_t occurrences;
    double all_ms; /* of all occurrences */
    struct tl_str application;
    struct tl_str tag;
};

struct loops {
    struct arena *arena;
    const struct shapes *shapes;
    const struct transactions *transactions;
    uint32_t minimum;
    int64_t base_us; /* times are told from here; EVENT_NO_TIME at first */
    VEC(struct raw_loop) raw;
    uint32_t *table; /* open addressing by key, index + 1 */
    size_t table_size;
    uint64_t dropped;
    uint32_t repeated; /* of the last unit: by loops, but for the first */
    /* Scratch of one unit. */
    VEC(uint64_t) order; /* shape << 32 | index */
    VEC(uint64_t) hashes;
};

void loops_init(struct loops *, struct arena *, const struct shapes *,
                const struct transactions *, uint32_t minimum);
void loops_release(struct loops *);
void loops_unit(struct loops *, const struct unit_of_work *);

/* Of two loops at one place, is it `a` that is told of? The longer one; readers
   give connections in orders of their own, so of equal ones the first in the
   file. */
bool loop_is_better(const struct raw_loop *a, const struct raw_loop *b);

/* link.c: parents, confidence, one loop for each shape and parent; gives an
   array in the arena, most expensive first. */
struct tl_loop *loops_judge(const struct loops *, struct tl_schema,
                            struct gaps *, size_t *n);
/* Whose columns a text alone leaves open: tells key_table by the catalog. */
void loops_complete_shapes(struct shapes *, struct tl_schema);

#endif
