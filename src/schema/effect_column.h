/*
 * effect_column.h - what ops on columns cost; for the lock model alone.
 */
#ifndef SCHEMA_EFFECT_COLUMN_H
#define SCHEMA_EFFECT_COLUMN_H

#include "schema/effect.h"

/* What every part of the model reads. */
struct effect_look {
    const struct tl_op *op;
    struct tl_schema before;
    struct effect_server server;
    const struct tl_relation *table; /* NULL: not in the catalog */
};

void effect_add_column(const struct effect_look *, struct tl_effect *);
void effect_alter_type(const struct effect_look *, struct tl_effect *);
void effect_set_not_null(const struct effect_look *, struct tl_effect *);
/* Is the op's column one of a FOREIGN KEY's? The table is known. */
bool effect_is_foreign_key(const struct effect_look *);
/* Does the op drop this foreign key that points at its table, or make it anew?
   Is there such a one? The table is known. */
bool effect_takes_incoming(const struct effect_look *,
                           const struct tl_constraint *fk);
bool effect_has_incoming(const struct effect_look *);

#endif
