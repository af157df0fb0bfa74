/*
 * marks.h - the placeholders of drivers as PostgreSQL's $n.
 *
 * Decoding a statement and finding a byte of it again take the same steps, so
 * that the two cannot disagree.
 */
#ifndef INPUT_MARKS_H
#define INPUT_MARKS_H

#include "base/buf.h"
#include "input/textmap.h"

/* Bytes that one step gives at most: "$4294967295". */
#define MARK_MAX 11

struct marks {
    enum text_encoding style; /* TEXT_PYFORMAT or TEXT_QMARK */
    unsigned n;               /* placeholders so far */
    char quote;               /* open: ' or ", * and - of comments; else 0 */
};

struct mark_step {
    size_t takes;       /* bytes of the encoded text */
    size_t gives;       /* bytes of `text` */
    struct tl_str name; /* %(name)s */
    char text[MARK_MAX + 1];
};

/* What stands at s[at], which must exist. */
struct mark_step marks_next(struct marks *, struct tl_str s, size_t at);
/* Into `out`, cleared first. */
void marks_decode(enum text_encoding style, struct tl_str raw, struct buf *out);

#endif
