/*
 * find.c - memchr() for the rare byte, then a look around it.
 */
#include "base/find.h"

#include <string.h>

const char *find_by(struct tl_str text, struct tl_str needle, size_t rare)
{
    if (text.n < needle.n)
        return NULL;
    size_t at = rare;
    size_t end = text.n - needle.n + rare + 1;

    while (at < end) {
        const char *p = memchr(text.p + at, needle.p[rare], end - at);

        if (!p)
            return NULL;
        if (memcmp(p - rare, needle.p, needle.n) == 0)
            return p - rare;
        at = (size_t)(p - text.p) + 1;
    }
    return NULL;
}
