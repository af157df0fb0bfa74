/*
 * envelope.h - log lines inside of what a collector wrote around each.
 *
 * Two kinds: JSON objects with the line in a string (TEXT_ENVELOPE), and heads
 * before it (TEXT_HEADED). A text may go on through several of them. One walk
 * finds the pieces for the reader, for decoding, and for a decoded byte's
 * place, so that the three cannot disagree.
 */
#ifndef INPUT_ENVELOPE_H
#define INPUT_ENVELOPE_H

#include "input/jsonentry.h"

enum envelope_found {
    ENVELOPE_END,
    ENVELOPE_ENTRY, /* whatever it may hold */
    ENVELOPE_BROKEN,
};

struct envelope {
    enum envelope_found found;
    struct json_entry entry;
    size_t start;
    size_t broken; /* where it broke; `end` is then its line's end */
    size_t end;    /* what comes next begins there */
};

/* The entry that begins at `at` or behind it. */
void envelope_next(struct tl_str file, size_t at, struct envelope *);

/* The server's line in it, as it stands there; n is 0 without one. */
struct json_value envelope_text(const struct json_entry *);

/* The text that begins and ends there, into `out` (cleared first). */
void envelope_decode(enum text_encoding, struct tl_str file, size_t start,
                     size_t end, struct buf *out);
/* Of the byte `wanted` of the decoded field. */
uint64_t envelope_offset(const struct text_map *, struct tl_str file,
                         size_t wanted);

#endif
