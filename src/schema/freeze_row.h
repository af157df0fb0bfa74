/*
 * freeze_row.h - the rows of a frozen catalog, one function a kind; for
 * src/schema alone. Each writes its row or fills one that is all zero; links to
 * other rows are freeze.c's.
 */
#ifndef SCHEMA_FREEZE_ROW_H
#define SCHEMA_FREEZE_ROW_H

#include "schema/freeze.h"
#include "schema/store.h"

struct freezer {
    struct codec *codec;
    struct arena *arena; /* of lists that are read */
    struct freeze_sources sources;
    uint32_t n_objects;
};

/* Of an object, or 0. */
void freeze_id(struct freezer *, uint32_t *id);
/* ... and not 0. */
void freeze_object(struct freezer *, uint32_t *id);
void freeze_list(struct freezer *, const struct tl_str **list, uint32_t *n);
void freeze_row(struct freezer *, struct tl_row *);
void freeze_relation(struct freezer *, struct relation_row *);
/* Without the relation's id, as the next three. */
void freeze_column(struct freezer *, struct column_row *);
void freeze_index(struct freezer *, struct index_row *);
void freeze_constraint(struct freezer *, struct constraint_row *);
void freeze_policy(struct freezer *, struct policy_row *);
void freeze_edge(struct freezer *, struct edge *);
/* Without its labels. */
void freeze_type(struct freezer *, struct type_row *);
void freeze_label(struct freezer *, struct label_row *);
void freeze_function(struct freezer *, struct function_row *);
void freeze_path(struct freezer *, struct path_row *);

#endif
