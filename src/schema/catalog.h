/*
 * catalog.h - the schema's history as rows that are born and die.
 *
 * One thread folds ops into it in order of application; whoever has a
 * tl_schema reads any moment of it. Names are looked up through search_path
 * ("public" by default). A CREATE of something that is alive replaces it
 * unless the op says IF NOT EXISTS; DDL on a relation never seen makes an
 * incomplete row, so that later questions about it answer "unknown".
 */
#ifndef SCHEMA_CATALOG_H
#define SCHEMA_CATALOG_H

#include "base/arena.h"

#include <tusklint/op.h>
#include <tusklint/schema.h>

struct catalog;
struct label_set;

struct apply_context {
    uint32_t statement;   /* its number in the run, from 1, rising */
    uint32_t file;        /* source id */
    uint32_t transaction; /* number, rising; autocommit: one a statement */
};

struct catalog *catalog_create(void);
void catalog_destroy(struct catalog *);
struct tl_schema catalog_at(const struct catalog *, uint32_t statement);

/* Copies what it keeps. Ops that change no schema only mark relations as
   filled (INSERT, COPY, CREATE TABLE AS ...). SET search_path is followed. */
void catalog_apply(struct catalog *, const struct tl_op *,
                   const struct apply_context *);
/* All relations that the text of a DO block or dynamic SQL may touch become
   uncertain: those whose name occurs in it as a word. A dropped one that stands
   behind a CREATE or RENAME may be back. */
void catalog_taint(struct catalog *, struct tl_str body,
                   const struct apply_context *);
/* A statement that does not parse: when it begins with CREATE TABLE, the table
   is new, and what is in it nobody knows. */
void catalog_create_unread(struct catalog *, struct tl_str statement,
                           const struct apply_context *);
/* Undo: what happened since the mark never did (died = born; the dead live).*/
size_t catalog_mark(const struct catalog *);
uint32_t catalog_last_statement(const struct catalog *);
void catalog_rollback(struct catalog *, size_t mark);
void catalog_reset_search_path(struct catalog *); /* a new file begins */

/*
 * The relation behind `last` (NULL: the first) that there is then and that the
 * statement `since` or a later one made or changed: itself, a part of it, or
 * by making a partition of it.
 */
const struct tl_relation *catalog_next_changed(struct tl_schema,
                                               const struct tl_relation *last,
                                               uint32_t since);

/*
 * Ids of the relations whose indexes changed after that statement, each once,
 * rising; in the arena.
 */
const uint32_t *catalog_reindexed(const struct catalog *, uint32_t statement,
                                  struct arena *, uint32_t *n);
/*
 * The statement that ended the relation or index of that id; 0 while it
 * lives, or when there is none.
 */
uint32_t catalog_died(const struct catalog *, uint32_t relation);

struct catalog_enum {
    struct tl_name name;
    const struct label_set *labels;
};

/* The next enum alive then; false behind the last. `at` begins with 0. */
bool catalog_next_enum(struct tl_schema, size_t *at, struct catalog_enum *);
/* The next of its values in their order; pass NULL first, then the last one. */
const struct tl_str *catalog_next_label(struct tl_schema,
                                        const struct catalog_enum *,
                                        const struct tl_str *last);

#endif
