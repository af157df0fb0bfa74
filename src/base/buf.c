/*
 * buf.c - growing bytes with a maximum.
 */
#include "base/buf.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>

#define DEFAULT_MAX ((size_t)1 << 30)

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max ? max : DEFAULT_MAX};
}

/* Room for n more and a NUL; less when the maximum is near. */
static size_t make_room(struct buf *b, size_t n)
{
    size_t left = b->max - b->n;

    if (n > left) {
        b->full = true;
        n = left;
    }
    if (b->n + n + 1 > b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 256;

        if (cap < b->n + n + 1)
            cap = b->n + n + 1;
        b->p = mem_realloc(b->p, cap);
        b->cap = cap;
    }
    return n;
}

void buf_add(struct buf *b, const void *p, size_t n)
{
    n = make_room(b, n);
    if (n)
        memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = '\0';
}

void buf_str(struct buf *b, struct tl_str s)
{
    buf_add(b, s.p, s.n);
}

void buf_puts(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    va_list again;

    va_start(ap, fmt);
    va_copy(again, ap);
    make_room(b, 0);
    /* Mostly there is room already. */
    int n = vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
    va_end(ap);
    if (n > 0) {
        bool fits = (size_t)n < b->cap - b->n;
        size_t room = make_room(b, (size_t)n);

        if (!fits || room < (size_t)n)
            vsnprintf(b->p + b->n, room + 1, fmt, again);
        b->n += room;
    }
    va_end(again);
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->full = false;
    if (b->p)
        b->p[0] = '\0';
}

void buf_release(struct buf *b)
{
    mem_free(b->p);
    *b = (struct buf){.max = b->max};
}
