/*
 * framing.h - messages cut out of a stream of bytes (LSP's base protocol).
 *
 * A message is a block of header lines, an empty line, and as many bytes as
 * Content-Length says. Whatever comes, what is kept is bounded, and after
 * bytes that are no message the stream is read on from the next block.
 */
#ifndef LSP_FRAMING_H
#define LSP_FRAMING_H

#include "base/buf.h"

#define FRAMING_MAX_HEADER ((size_t)8 << 10)
#define FRAMING_MAX_BODY ((size_t)64 << 20)

enum frame {
    FRAME_MORE, /* bytes are missing */
    FRAME_BODY,
    FRAME_BAD, /* said once for each thing that is no message */
};

struct framing {
    struct buf in;
    size_t at;     /* what is before was handed out */
    uint64_t skip; /* bytes of a body that is too large */
    bool lost;     /* looking for the end of a header that is too large */
};

void framing_init(struct framing *);
void framing_release(struct framing *);
void framing_feed(struct framing *, const void *bytes, size_t n);
/* *body lives until the next feed; *problem is a constant text. */
enum frame framing_next(struct framing *, struct tl_str *body,
                        const char **problem);

#endif
