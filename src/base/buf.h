/*
 * buf.h - growing bytes with a maximum.
 *
 * A buffer that would pass its maximum keeps what it has, drops the rest and
 * sets `full`; the caller looks once, at the end. `p` is always
 * NUL-terminated once something was added.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <tusklint/base.h>

struct buf {
    char *p;
    size_t n;
    size_t cap;
    size_t max;
    bool full;
};

void buf_init(struct buf *, size_t max); /* max 0: 1 GiB */
void buf_add(struct buf *, const void *, size_t n);
void buf_str(struct buf *, struct tl_str);
void buf_puts(struct buf *, const char *);
void buf_char(struct buf *, char);
void buf_printf(struct buf *, const char *fmt, ...) TL_PRINTF(2, 3);
void buf_clear(struct buf *);
void buf_release(struct buf *);
static inline struct tl_str buf_view(const struct buf *b)
{
    return (struct tl_str){b->p ? b->p : "", b->n};
}

#endif
