/*
 * apply.h - what the parts of the catalog's folding share; src/schema alone.
 */
#ifndef SCHEMA_APPLY_H
#define SCHEMA_APPLY_H

#include "schema/names.h"

/* The op's relation, made as an incomplete one when it was never seen; NULL
   when the history shows that there is none. */
struct tl_relation *apply_target(struct change *, enum tl_relation_kind);
/* The same for any name. */
struct tl_relation *apply_relation(struct change *, struct tl_name,
                                   enum tl_relation_kind);
/* The name with its schema, as a new object gets it. */
struct tl_name apply_new_name(struct change *, struct tl_name, bool temporary);
/* A part of the op's span. */
struct tl_span apply_part(const struct change *, uint32_t at, uint32_t length);
/* Calls back for every child table, one level down. */
typedef void apply_child_fn(struct change *, struct tl_relation *child,
                            const void *arg);
void apply_children(struct change *, uint32_t parent, bool inherits,
                    apply_child_fn *visit, const void *arg);

void apply_column_def(struct change *, uint32_t relation,
                      const struct tl_column_def *);
void apply_set_not_null(struct change *, uint32_t relation, struct tl_str name,
                        bool not_null);
/* Does the column go when the parent's does? */
void apply_set_inherited(struct change *, uint32_t relation, struct tl_str name,
                         bool inherited);
void apply_constraint_def(struct change *, uint32_t relation,
                          const struct tl_constraint_def *);
/* `spec` is a constraint of another table; `index` the one behind it. */
void apply_copy_constraint(struct change *, uint32_t relation,
                           const struct constraint_row *spec,
                           const struct index_row *index, struct tl_str name);
void apply_copy_index(struct change *, uint32_t relation,
                      const struct index_row *spec, uint32_t parent_index);
/* Gives a new partition what the parent's indexes and constraints ask for. */
void apply_inherit_keys(struct change *, uint32_t parent, uint32_t child);
struct index_row *apply_make_index(struct change *, struct tl_relation *table,
                                   struct index_row spec, struct tl_str name,
                                   struct tl_span made);
void apply_rename_index(struct change *, uint32_t id, struct tl_str name);

void drop_relation(struct change *, uint32_t id, bool cascade);
void drop_index(struct change *, uint32_t id);
void drop_constraint(struct change *, struct constraint_row *, bool cascade);
void drop_column(struct change *, uint32_t relation, struct tl_str name,
                 bool cascade);
/* The sequence goes; the column stays. */
void drop_identity(struct change *, uint32_t relation, struct tl_str name);

void apply_create_table(struct change *);
void apply_create_view(struct change *);
void apply_add_column(struct change *);
void apply_alter_column(struct change *);
void apply_rename_column(struct change *);
void apply_add_constraint(struct change *);
void apply_change_constraint(struct change *);
void apply_create_index(struct change *);
void apply_attach_index(struct change *);
void apply_attach_partition(struct change *);
void apply_detach_partition(struct change *);
void apply_alter_table_other(struct change *);
void apply_policy(struct change *);
void apply_drop(struct change *);
void apply_drop_schema(struct change *);
void apply_drop_type(struct change *);
void apply_rename(struct change *);
void apply_rename_schema(struct change *);
void apply_set_schema(struct change *);
void apply_sequence(struct change *);
void apply_type(struct change *);
void apply_enum_value(struct change *);
void apply_other(struct change *);
void apply_move_types(struct change *, struct tl_str from, struct tl_str to);
void apply_domain(struct change *);
void apply_function(struct change *);
void apply_filled(struct change *);
void apply_emptied(struct change *);
void apply_refresh(struct change *);
void apply_setting(struct change *);

#endif
