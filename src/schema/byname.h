/*
 * byname.h - the rows of one relation, found by their names.
 *
 * A table of columns or constraints as long as a hostile migration makes it:
 * its rows of all moments stand under their names, the newest first. Rows are
 * never taken out; those that no moment sees, because they ended when they
 * began, are passed over once and then left behind.
 */
#ifndef SCHEMA_BYNAME_H
#define SCHEMA_BYNAME_H

#include "base/arena.h"

#include <tusklint/schema.h>

struct named_row;

struct byname {
    struct named_row **buckets;
    uint32_t n_buckets; /* a power of two; 0 */
    uint32_t n;
};

/* `thing` is what byname_find() gives; `row`, its life, must be set. */
void byname_add(struct byname *, struct arena *, struct tl_str name,
                void *thing, const struct tl_row *row);
/* The thing of that name which is alive at `at`; NULL. */
void *byname_find(const struct byname *, struct tl_str name, uint32_t at);

#endif
