/*
 * text.h - a text that is edited, and positions in it as editors count them.
 *
 * Lines end with LF, CRLF or a lone CR. Lines and characters count from 0;
 * what a character is, client and server agree on. Positions beyond a line or
 * the text are its end, inside a character its begin.
 */
#ifndef LSP_TEXT_H
#define LSP_TEXT_H

#include "base/vec.h"

#include <tusklint/base.h>

enum encoding { ENCODING_UTF16, ENCODING_UTF8, ENCODING_UTF32 };

struct place {
    uint64_t line;
    uint64_t character;
};

struct text {
    struct tl_str s;
    char *owned; /* NULL: a view */
    size_t cap;
    VEC(size_t) lines; /* where those begin that are known so far */
    size_t seen;       /* up to here */
};

/* A view of bytes that live longer. */
void text_view(struct text *, struct tl_str);
/* A copy of its own. */
void text_copy(struct text *, struct tl_str);
void text_release(struct text *);

size_t text_offset(struct text *, struct place, enum encoding);
struct place text_place(struct text *, size_t offset, enum encoding);
/* Replaces the bytes from `start` to `end` of a text that is no view. */
void text_replace(struct text *, size_t start, size_t end, struct tl_str by);

#endif
