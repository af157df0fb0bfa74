/*
 * linehead.h - what containers' logs have before each line.
 *
 * "2026-11-20T21:10:58.123456789Z stderr F " of the kubelet's files, the time
 * stamps alone of `docker logs -t`, `kubectl logs --timestamps` and
 * CloudWatch's exports, the names of `docker compose logs` and `kubectl logs
 * --prefix`.
 */
#ifndef INPUT_LINEHEAD_H
#define INPUT_LINEHEAD_H

#include <tusklint/base.h>

struct line_head {
    struct tl_str stamp; /* ISO 8601; none without */
    size_t body;         /* offset in the line of what the program said */
    bool partial;        /* goes on in the next line */
};

/* False for a line without one; body is 0 then. */
bool line_head_read(struct tl_str line, struct line_head *);

#endif
