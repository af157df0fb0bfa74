/*
 * syslogtext.h - lines that went through syslog, and texts spread over them.
 *
 * Control bytes stand as "#011". A text may be cut in chunks, a line each,
 * between which other programs' lines stand. One walk serves to decode a text
 * and to find a decoded byte's place, so that the two cannot disagree.
 */
#ifndef INPUT_SYSLOGTEXT_H
#define INPUT_SYSLOGTEXT_H

#include "base/buf.h"
#include "input/textmap.h"

/* Lines between two chunks of one text. */
#define SYSLOG_LINES_BETWEEN 1000

struct syslog_head {
    struct tl_str owner;   /* host, program and pid as they stand there */
    struct tl_str program; /* "postgres" */
    struct tl_str stamp;   /* with a year, else none */
    uint64_t sequence;     /* "[5-2]": 5; 0 without */
    uint64_t chunk;        /* 2, also of "[2]"; 0 without */
    size_t body;           /* offset in the line of what the program said */
};

/* "Nov 20 21:10:58 host postgres[4986]: [5-2] ", RFC 3164 and 5424, and what
   of them the usual daemons write; false for any other line. */
bool syslog_head_read(struct tl_str line, struct syslog_head *);

/* Bytes of the escape at the beginning of `s`, or 0. */
size_t syslog_escape(struct tl_str s, char *byte);

/* The text that begins and ends there, into `out` (cleared first). */
void syslog_decode(struct tl_str file, size_t start, size_t end,
                   struct buf *out);
/* Of the byte `wanted` of the decoded field. */
uint64_t syslog_offset(const struct text_map *, struct tl_str file,
                       size_t wanted);

#endif
