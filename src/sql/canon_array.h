/*
 * canon_array.h - array literals and types, as canon.c writes them.
 */
#ifndef SQL_CANON_ARRAY_H
#define SQL_CANON_ARRAY_H

#include "base/arena.h"

#include <tusklint/schema.h>

struct array_item {
    struct tl_str text;
    bool null;
};

struct array_items {
    struct array_item *v;
    size_t n;
};

/* The items of '{a,"b c",NULL}'; false for nested or malformed ones. */
bool array_literal_read(struct tl_str literal, struct arena *,
                        struct array_items *);
/* "numeric(10,2)[]" into buf; returns it. */
const char *canon_type_words(const struct tl_type *, char *buf, size_t size);

#endif
