/*
 * psql.h - cells of the tables that psql prints.
 *
 * A text of several lines stands in several rows of the table, one below the
 * other; psql marks those that go on with a plus sign at the cell's edge.
 */
#ifndef INPUT_PSQL_H
#define INPUT_PSQL_H

#include "base/buf.h"
#include "input/textmap.h"

/* In columns of the terminal, from 0. */
struct psql_cell {
    size_t left;
    size_t edge; /* where a plus may stand; SIZE_MAX in expanded output */
};

/* The line that begins there, without its end; `next` is behind it. */
struct tl_str psql_line(struct tl_str file, size_t at, size_t *next);
/* "---+----": of how many columns, at most `max`; 0 for any other line. */
size_t psql_cells(struct tl_str line, struct psql_cell *cells, size_t max);
/* "-[ RECORD 1 ]---" */
bool psql_is_record(struct tl_str line);
/* What the line has of the cell; is there more in the next one? */
bool psql_piece(struct tl_str file, struct tl_str line, struct psql_cell,
                struct tl_str *text);

/* The whole text of the cell that begins in the line, into `out` (cleared
   first). Returns where the last line with some of it ends. */
size_t psql_decode(struct tl_str file, size_t line, struct psql_cell,
                   struct buf *out);
/* Of the byte `wanted` of the decoded cell. */
uint64_t psql_offset(const struct text_map *, struct tl_str file,
                     size_t wanted);

#endif
