/*
 * freeze.h - a catalog to bytes and back, between two files of a history.
 *
 * What is undone by then stays undone: rows keep their births and deaths, but
 * nothing from before can be rolled back any more. Whoever reads the bytes
 * gets a catalog that answers all questions as the one that was written.
 */
#ifndef SCHEMA_FREEZE_H
#define SCHEMA_FREEZE_H

#include "base/codec.h"
#include "schema/catalog.h"

/* The lengths of the sources that rows may lie in, by id. */
struct freeze_sources {
    const size_t *length;
    uint32_t n;
};

/* Writes the catalog. */
void catalog_freeze(const struct catalog *, struct codec *);
/*
 * Reads one into a catalog that is empty. Its strings stay where the codec
 * reads them. When the codec has failed then, or this is false, the bytes are
 * none of ours and the catalog is good for nothing but catalog_destroy().
 */
bool catalog_thaw(struct catalog *, struct codec *,
                  struct freeze_sources) TL_NODISCARD;
/* A place that must lie in one of the sources. */
void freeze_span(struct codec *, struct tl_span *, struct freeze_sources);

#endif
