/*
 * requests.h - requests that run many statements, told by name.
 *
 * Fed with units of work as they end; only traces and requests count.
 */
#ifndef WORKLOAD_REQUESTS_H
#define WORKLOAD_REQUESTS_H

#include "base/arena.h"
#include "workload/session.h"

/* Names kept; a capture with more of them has ids in its names. */
#define REQUESTS_MAX 1024u

struct requests {
    struct arena *arena;
    const struct shapes *shapes;
    VEC(struct tl_request) list;
};

void requests_init(struct requests *, struct arena *, const struct shapes *);
void requests_release(struct requests *);
/* `repeated`: executions of its loops but for the first of each. */
void requests_unit(struct requests *, const struct unit_of_work *,
                   uint32_t repeated);

#endif
