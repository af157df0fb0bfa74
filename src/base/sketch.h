/*
 * sketch.h - a few of the texts that were seen, and how often.
 *
 * Those with the smallest hashes are kept (a bottom-k sketch): a sample that
 * does not depend on the order, so that the sketches of parts, merged, are the
 * whole's. A text that is kept in the end was never let go, so its count is
 * exact. Texts that are not UTF-8 are not kept: no JSON could hold them.
 */
#ifndef BASE_SKETCH_H
#define BASE_SKETCH_H

#include <tusklint/base.h>

struct sketch_entry {
    uint64_t hash;
    uint64_t count;
    struct tl_str text; /* its own */
};

struct sketch {
    struct sketch_entry *entries; /* by hash */
    uint32_t n;
};

/* `capacity` is the same at each call; no text: nothing is added. */
void sketch_add(struct sketch *, uint32_t capacity, struct tl_str text,
                uint64_t count);
void sketch_release(struct sketch *);

#endif
