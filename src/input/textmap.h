/*
 * textmap.h - from offsets in decoded text back to bytes of the file.
 *
 * A statement inside a CSV field or a JSON string is decoded before it is
 * parsed; a finding points into the file all the same.
 */
#ifndef INPUT_TEXTMAP_H
#define INPUT_TEXTMAP_H

#include <tusklint/base.h>

enum text_encoding {
    TEXT_PLAIN,    /* bytes are the file's */
    TEXT_CSV,      /* inside a quoted CSV field: "" stands for " */
    TEXT_JSON,     /* inside a JSON string: escapes */
    TEXT_TABBED,   /* stderr log: one tab begins each continuation line */
    TEXT_QUOTED,   /* inside an SQL string: '' stands for ' */
    TEXT_PYFORMAT, /* %s and %(name)s stand for $n, %% for % */
    TEXT_QMARK,    /* ? outside of quotes stands for $n, ?? for ? */
    TEXT_SYSLOG,   /* escapes, and pieces of it in several lines */
    TEXT_ENVELOPE, /* inside JSON strings, one a line: envelope.h */
    TEXT_CELL,     /* lines of a cell of psql's: psql.h */
    TEXT_HEADED,   /* a head before each line, and a tab */
};

struct text_map {
    uint64_t base; /* file offset of the encoded field's first byte */
    enum text_encoding encoding;
    size_t skip;  /* decoded bytes of the field before the statement begins */
    uint64_t end; /* of what is in pieces: file offset behind the field's last
                     byte */
};

/* `file` is the whole input. Linear in the field's length up to `offset`. */
uint64_t text_map_offset(const struct text_map *, struct tl_str file,
                         size_t offset);

#endif
