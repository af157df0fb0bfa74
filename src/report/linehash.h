/*
 * linehash.h - GitHub's primaryLocationLineHash.
 *
 * What codeql-action computes from a line and the hundred characters behind
 * its start, blanks apart: an alert keeps its identity when lines are added
 * above it. GitHub compares, so the result must be exactly theirs.
 */
#ifndef REPORT_LINEHASH_H
#define REPORT_LINEHASH_H

#include "base/buf.h"

struct linehash {
    uint32_t line; /* from 1 */
    bool found;
    uint64_t hash;
    uint32_t ordinal; /* which line of the file with this hash, from 1 */
};

/* Fills the lines asked for, which are sorted and distinct. Linear. */
void linehash_fill(struct tl_str text, struct linehash *, size_t n);
/* "271789c17abda88f:1" */
void linehash_write(struct buf *, const struct linehash *);

#endif
