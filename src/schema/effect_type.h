/*
 * effect_type.h - what ALTER COLUMN ... TYPE does to the rows, by the types.
 */
#ifndef SCHEMA_EFFECT_TYPE_H
#define SCHEMA_EFFECT_TYPE_H

#include <tusklint/op.h>

enum type_change {
    TYPE_KEPT,      /* the stored bytes stay */
    TYPE_REORDERED, /* they stay, but compare otherwise: indexes are rebuilt */
    TYPE_REWRITTEN,
};

/* Domains are given as what they are made of. `utc`: the session's time zone
   is UTC, so that timestamp and timestamptz are the same bytes. */
enum type_change effect_type_change(const struct tl_type *from,
                                    const struct tl_type *to, bool utc);
/* Does USING do more than name the column, or cast it to the new type? */
bool effect_using_computes(const struct tl_op *);

#endif
