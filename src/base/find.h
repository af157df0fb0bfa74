/*
 * find.h - looks for a short text in a long one, by its rarest byte.
 *
 * Faster than memmem() where the needle has a byte that the text seldom has:
 * all between is passed at memchr's speed.
 */
#ifndef BASE_FIND_H
#define BASE_FIND_H

#include <tusklint/base.h>

/* Where the needle first stands in the text, or NULL; `rare` is the place of
   its rarest byte, below needle.n. */
const char *find_by(struct tl_str text, struct tl_str needle, size_t rare);

#endif
