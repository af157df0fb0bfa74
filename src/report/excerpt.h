/*
 * excerpt.h - source lines with marks under what is meant.
 */
#ifndef REPORT_EXCERPT_H
#define REPORT_EXCERPT_H

#include "base/buf.h"
#include "sql/source.h"

struct excerpt_style {
    unsigned width;     /* terminal columns of the whole line */
    unsigned gutter;    /* digits that line numbers take */
    unsigned max_lines; /* of a long span */
    char under;         /* what marks are made of */
    const char *mark;   /* escape sequences; "" without colour */
    const char *number;
    const char *reset;
};

/*
 * The lines of the span, marked. A line that is too long is shown around its
 * mark; what a person cannot see is shown as an escape; tabs are blanks.
 * Bounded by the width, however long the line is.
 */
void excerpt_write(struct buf *, struct source *, struct tl_span,
                   const struct excerpt_style *);
/* Columns that a line has behind the gutter. */
size_t excerpt_room(const struct excerpt_style *);
/* The beginning of one line as an excerpt shows it, without marks. */
void excerpt_line(struct buf *, struct tl_str line, size_t room);

#endif
