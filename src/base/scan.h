/*
 * scan.h - JSON as tokens with their places.
 *
 * A tree of values would lose where each stood; a plan's findings point at
 * one string of a file. Takes no memory, so depth and size cost nothing here.
 */
#ifndef BASE_SCAN_H
#define BASE_SCAN_H

#include "base/arena.h"

enum scan_kind {
    SCAN_END,
    SCAN_PUNCT, /* one of { } [ ] : , */
    SCAN_STRING,
    SCAN_NUMBER,
    SCAN_WORD, /* true, false, null */
    SCAN_BAD,  /* a byte that begins no token, or an open string */
};

struct scan_token {
    enum scan_kind kind;
    size_t start; /* a string's opening quote */
    size_t end;   /* exclusive */
    char punct;
};

struct scan {
    struct tl_str text;
    size_t at;
};

struct scan_token scan_next(struct scan *);
/* Goes on behind the value that begins with this token. */
void scan_skip(struct scan *, struct scan_token);
/* A string's text without quotes and escapes, in the arena. */
struct tl_str scan_string(const struct scan *, struct scan_token,
                          struct arena *);
/* NAN when it is no number. */
double scan_number(const struct scan *, struct scan_token);
bool scan_is_word(const struct scan *, struct scan_token, const char *word);

#endif
