/*
 * err.h - the environment's failures, as one line for the user.
 *
 * A function that can fail that way takes a `struct err *` and returns false;
 * bad input is never an err but a finding.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <tusklint/base.h>

struct err {
    char message[1024];
};

/* Always false, so that `return err_set(e, "...")` reads well. */
bool err_set(struct err *, const char *fmt, ...) TL_PRINTF(2, 3);
/* The same with ": " and strerror(errno) behind it. */
bool err_errno(struct err *, const char *fmt, ...) TL_PRINTF(2, 3);

/* A broken promise of our own: prints where and aborts. */
#define INVARIANT(cond)                                                        \
    ((cond) ? (void)0 : invariant_failed(#cond, __FILE__, __LINE__))
void invariant_failed(const char *cond, const char *file, int line)
    __attribute__((noreturn));

#endif
