/*
 * err.c - one line for the user, and the end of a broken promise.
 */
#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* A file's name may hold line breaks and escapes for the terminal. */
static void keep_one_line(struct err *e)
{
    for (char *p = e->message; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = '?';
}

bool err_set(struct err *e, const char *fmt, ...)
{
    va_list ap;

    va_start(ap, fmt);
    vsnprintf(e->message, sizeof(e->message), fmt, ap);
    va_end(ap);
    keep_one_line(e);
    return false;
}

bool err_errno(struct err *e, const char *fmt, ...)
{
    int code = errno;
    char reason[128];
    va_list ap;

    va_start(ap, fmt);
    int n = vsnprintf(e->message, sizeof(e->message), fmt, ap);
    va_end(ap);
    keep_one_line(e);
    if (n < 0 || (size_t)n >= sizeof(e->message))
        return false;
    const char *text = strerror_r(code, reason, sizeof(reason));
    snprintf(e->message + n, sizeof(e->message) - (size_t)n, ": %s", text);
    return false;
}

void invariant_failed(const char *cond, const char *file, int line)
{
    fprintf(stderr, "tusklint: internal error: %s (%s:%d)\n", cond, file, line);
    abort();
}
