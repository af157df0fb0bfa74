/*
 * xxh.h - XXH3, compiled in: headers only, no library to link.
 */
#ifndef BASE_XXH_H
#define BASE_XXH_H

#define XXH_INLINE_ALL
/* The library's own casts are not ours to judge. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wcast-qual"
#pragma GCC diagnostic ignored "-Wcast-align"
#include <xxhash.h>
#pragma GCC diagnostic pop

#endif
