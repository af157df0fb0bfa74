/*
 * names.h - the hash table of names, and the names PostgreSQL makes up.
 */
#ifndef SCHEMA_NAMES_H
#define SCHEMA_NAMES_H

#include "schema/store.h"

void names_init(struct catalog *);
void names_release(struct catalog *);
/* Puts the row before the older ones of its name. */
void names_link_relation(struct catalog *, struct relation_row *);
void names_link_type(struct catalog *, struct type_row *);
void names_link_function(struct catalog *, struct function_row *);

/*
 * The name PostgreSQL gives to what has none: table_columns_label, cut to 63
 * bytes and numbered until nothing in the schema has it. For constraints the
 * names of constraints count too.
 */
struct tl_str names_for_relation(struct change *, struct tl_name table,
                                 struct tl_str part, const char *label,
                                 bool of_constraint);
struct tl_str names_for_constraint(struct change *, struct tl_name table,
                                   struct tl_str part, const char *label);
/* The columns' names joined, as they stand in such a name. */
struct tl_str names_join(struct arena *, const struct tl_str *columns,
                         uint32_t n);

#endif
