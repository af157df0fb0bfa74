/*
 * sanitize.h - text from inputs made safe to print.
 *
 * Names and source lines may hold escape sequences, bidirectional controls or
 * the workflow commands of a CI runner. Everything that a person would not
 * see, or a runner would obey, comes out as a visible escape; nothing that
 * comes out holds a newline.
 */
#ifndef REPORT_SANITIZE_H
#define REPORT_SANITIZE_H

#include "base/buf.h"

/* The longest text one character becomes, with its NUL: "<U+10FFFF>". */
#define SANITIZE_MAX 16

/*
 * The character at s.p[at] as it is shown: its text into `out`, its terminal
 * columns into *width. Returns the bytes read. Tabs are shown as \x09: who
 * expands them does so before.
 */
size_t sanitize_next(struct tl_str s, size_t at, char out[SANITIZE_MAX],
                     size_t *width);
void sanitize(struct buf *, struct tl_str);
/* The same for what begins a line: "::" there would be a command. */
void sanitize_path(struct buf *, const char *path);

#endif
