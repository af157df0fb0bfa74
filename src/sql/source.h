/*
 * source.h - one input of the run: its bytes, its name, its lines.
 *
 * Lines end with LF, CRLF or a lone CR. Columns are asked for in the unit the
 * consumer wants. The line index is sparse and made when first asked for, so
 * a log of any size costs nothing until something points into it.
 */
#ifndef SQL_SOURCE_H
#define SQL_SOURCE_H

#include "base/arena.h"
#include "base/file.h"
#include "base/vec.h"

enum source_unit { SOURCE_BYTES, SOURCE_CODEPOINTS, SOURCE_UTF16 };

struct source_position {
    uint32_t line;   /* from 1 */
    uint32_t column; /* from 1, in the unit asked for */
};

/* Where a line begins. */
struct source_mark {
    uint64_t offset;
    uint64_t line; /* from 1 */
};

/* Columns before a place of a line. */
struct source_count {
    size_t at;
    size_t units;
};

struct source {
    uint32_t id;
    const char *path;        /* as reports show it */
    struct tl_str text;      /* whole, with the BOM if it has one */
    const struct file *file; /* that the text is mapped from, or NULL */
    /* Private part. */
    VEC(struct source_mark) marks; /* lines, some apart, by offset */
    bool indexed;
    uint64_t lines;
    /* The place asked for last: reports go from left to right. */
    struct source_mark last;         /* its line; line 0: none yet */
    size_t last_seen;                /* up to here the line goes on for sure */
    VEC(struct source_count) counts; /* columns of its line, counted so far */
    enum source_unit counted_unit;
    size_t counted_from;      /* from where they count */
    struct source_mark shown; /* the line shown last, and where it ends */
};

void source_init(struct source *, uint32_t id, const char *path,
                 struct tl_str text);
void source_release(struct source *);
/* `offset` beyond the end counts as the end; inside a character as its start */
struct source_position source_position(struct source *, uint64_t offset,
                                       enum source_unit);
/* The line's text without its end; empty beyond the last line. */
struct tl_str source_line(struct source *, uint32_t line);
/* The offset where the line begins. */
uint64_t source_line_start(struct source *, uint32_t line);
uint32_t source_line_count(struct source *);
/* 3 when the text begins with a UTF-8 byte order mark, else 0. */
size_t source_bom(struct tl_str text);

#endif
