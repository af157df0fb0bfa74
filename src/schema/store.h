/*
 * store.h - the catalog's rows as they lie in memory; for src/schema alone.
 *
 * An object (a relation's identity) holds lists of rows: its own versions,
 * columns, indexes, constraints, and edges to what hangs on it. Rows of all
 * moments stay in the lists; a reader picks those alive at its moment. A new
 * version of a column, index or constraint stands directly behind the one it
 * replaces, so that lists keep the order in which the things were made.
 */
#ifndef SCHEMA_STORE_H
#define SCHEMA_STORE_H

#include "base/vec.h"
#include "schema/byname.h"
#include "schema/catalog.h"

#include <tusklint/op.h>

struct relation_row {
    struct tl_relation rel;         /* first: a tl_relation * is a row */
    struct relation_row *older;     /* version of the same object */
    struct relation_row *same_name; /* older row under schema.name */
    uint32_t number;                /* of all rows of relations, from 1 */
};

struct column_row {
    struct tl_column col;
    struct column_row *next;
};

/* All columns ended at once: those of this life stand behind `last`. */
struct renewal {
    struct tl_row row;
    struct column_row *last;
    struct renewal *older;
};

struct index_row {
    struct tl_index index;
    struct index_row *next;  /* on the same table */
    struct index_row *older; /* version of the same index */
    uint32_t number;         /* of all rows of indexes, from 1 */
    struct tl_str name_part;
    const struct tl_str *used; /* columns in expressions and predicate */
    uint32_t n_used;
};

struct constraint_row {
    struct tl_constraint con;
    struct constraint_row *next;
    struct constraint_row *next_incoming; /* FOREIGN KEYs to one table */
    uint32_t number; /* of all rows of constraints, from 1 */
    bool inherited;
    bool no_inherit;
};

struct policy_row {
    struct tl_policy policy;
    struct policy_row *next;
};

enum edge_kind {
    EDGE_PARTITION, /* partitioned table -> partition */
    EDGE_INHERITS,  /* table -> child */
    EDGE_VIEW,      /* relation -> view that reads it */
    EDGE_OWNED,     /* table -> sequence of its column */
    EDGE_INDEX,     /* index of a partitioned table -> a partition's */
};

struct edge {
    struct tl_row row;
    enum edge_kind kind;
    uint32_t from;
    uint32_t to;
    bool is_default;           /* EDGE_PARTITION: the DEFAULT partition */
    uint32_t column;           /* EDGE_OWNED: its number */
    struct edge *next;         /* of the same `from` */
    struct edge *next_to;      /* to the same, older */
    struct edge *next_default; /* of the same `from`, older */
};

struct object {
    struct relation_row *newest;
    struct column_row *first_column;
    struct column_row *last_column;
    struct renewal *renewals; /* newest first */
    struct index_row *first_index;
    struct index_row *last_index;
    struct index_row *as_index; /* newest version, for an index itself */
    struct constraint_row *first_constraint;
    struct constraint_row *last_constraint;
    struct constraint_row *incoming;
    struct edge *edges; /* in the order in which they came */
    struct edge *last_edge;
    struct edge *default_edges; /* those to DEFAULT partitions, newest first */
    struct edge *edges_to;      /* those that end here, newest first */
    struct policy_row *first_policy;
    struct policy_row *last_policy;
    struct byname columns;
    struct byname constraints;
    struct byname policies;
    uint32_t n_columns; /* ever made: numbers are not reused */
    bool has_children;  /* some edge is or was to a partition or an heir */
    uint32_t changed;   /* the last statement that changed it, or 0 */
    uint32_t n_indexes; /* rows of all moments */
    uint32_t n_constraints;
};

enum type_kind { TYPE_OTHER, TYPE_ENUM, TYPE_DOMAIN, TYPE_COMPOSITE };

struct label_row {
    struct tl_str name; /* first: a name is a row */
    struct tl_row row;
    struct label_row *next;
    struct label_row *previous;
};

/* In the order of the enum. */
struct label_set {
    struct label_row *first;
    struct label_row *last;
    struct byname by_name;
    uint32_t number; /* of all sets, from 1 */
};

struct type_row {
    struct tl_row row;
    struct tl_name name;
    enum type_kind kind;
    struct tl_type base; /* of a domain */
    bool not_null;
    uint32_t n_checks;
    struct label_set *labels; /* of an enum; all its versions have the same */
    struct type_row *same_name;
};

struct function_row {
    struct tl_row row;
    struct tl_name name;
    struct tl_str arguments;
    enum tl_volatility volatility;
    struct function_row *same_name;
};

struct path_row {
    struct tl_row row;
    const struct tl_str *schemas;
    uint32_t n;
    bool local;
    struct path_row *older;
};

struct undo {
    struct tl_row *row;
    bool born;
};

/* An index of the relation was made, or became another. */
struct index_change {
    uint32_t statement;
    uint32_t relation;
};

struct name_slot;

struct catalog {
    struct arena arena;
    struct name_slot *names;
    struct name_slot **found;     /* where the last search ended; see names.c */
    bool has_temporary;           /* some name stands in pg_temp */
    VEC(struct object *) objects; /* id 1 is the first */
    VEC(struct type_row *) types; /* of all moments */
    VEC(struct function_row *) functions;
    uint32_t n_relations; /* rows that were ever made */
    /* In the order in which they were made, and of all moments. */
    VEC(struct index_row *) indexes;
    VEC(struct constraint_row *) constraints;
    VEC(struct edge *) edges;
    VEC(struct label_set *) label_sets;
    VEC(struct undo) undo;
    VEC(struct index_change) index_changes; /* in order of statements */
    struct path_row *path;                  /* newest */
    uint32_t statement;                     /* the last one applied */
    uint32_t tainting;                      /* texts that tainted, counted */
};

/* Rows of indexes, and of constraints, that a table keeps: rules walk them with
   each statement. Of more nobody knows; the table is then uncertain. */
#define STORE_MAX_PARTS 1000

/* Versions and namesakes of a function that are looked at, newest first. */
#define STORE_MAX_FUNCTIONS 1000

/* One op being folded in. */
struct change {
    struct catalog *catalog;
    const struct apply_context *context;
    const struct tl_op *op;
    unsigned depth; /* of inheritance being followed */
    size_t visits;  /* of children, in all walks for this op */
};

/* Partition and inheritance trees deeper than this are not followed. */
#define STORE_MAX_DEPTH 64

static inline bool row_is_current(const struct tl_row *r)
{
    return r->died == TL_ALIVE;
}

static inline struct object *store_object(const struct catalog *c, uint32_t id)
{
    return id > 0 && id <= c->objects.n ? c->objects.v[id - 1] : NULL;
}

/* Rows born and ended by a change; each is undone by catalog_rollback(). */
void store_begin_row(struct change *, struct tl_row *, struct tl_span made);
void store_end_row(struct change *, struct tl_row *);

/* Strings and lists copied into the catalog. */
struct tl_str store_str(struct change *, struct tl_str);
struct tl_name store_name(struct change *, struct tl_name);
struct tl_type store_type(struct change *, struct tl_type);
const struct tl_str *store_list(struct change *, const struct tl_str *,
                                uint32_t n);

/* A new relation; id and row of `*rel` are filled in. */
struct tl_relation *store_add_relation(struct change *, struct tl_relation rel,
                                       struct tl_span made);
/* `next` is a changed copy of `old`; gives the new row. */
struct tl_relation *store_replace_relation(struct change *,
                                           struct tl_relation *old,
                                           const struct tl_relation *next);
/* The relation existed before the history: incomplete. */
struct tl_relation *store_add_unseen(struct change *, struct tl_name,
                                     enum tl_relation_kind);

struct tl_column *store_add_column(struct change *, struct tl_column,
                                   struct tl_span made);
/* The view gets new columns: those that it has end, and are passed over by
   whoever asks of later moments. */
void store_renew_columns(struct change *, uint32_t relation);
struct column_row *store_first_column(const struct object *, uint32_t at);
struct tl_column *store_replace_column(struct change *, struct tl_column *old,
                                       const struct tl_column *next);
struct index_row *store_add_index(struct change *, struct index_row,
                                  struct tl_span made);
struct index_row *store_replace_index(struct change *, struct index_row *old,
                                      const struct index_row *next);
struct constraint_row *store_add_constraint(struct change *,
                                            struct constraint_row,
                                            struct tl_span made);
struct constraint_row *store_replace_constraint(struct change *,
                                                struct constraint_row *old,
                                                const struct constraint_row *);
struct edge *store_add_edge(struct change *, uint32_t from, struct edge);
/* Puts a new edge into the lists of both its ends. */
void store_link_edge(struct catalog *, struct edge *);
/* The one alive then; NULL. */
struct edge *store_edge(const struct catalog *, uint32_t from,
                        enum edge_kind kind, uint32_t to, uint32_t at);
struct policy_row *store_add_policy(struct change *, uint32_t relation,
                                    struct tl_str name, struct tl_span made);
struct policy_row *store_policy(const struct catalog *, uint32_t relation,
                                struct tl_str name, uint32_t at);
void store_add_type(struct change *, struct type_row);
struct label_set *store_add_labels(struct catalog *);
/* `after`: NULL makes it the first. */
void store_add_label(struct change *, struct label_set *,
                     struct label_row *after, struct tl_str name);
void store_add_function(struct change *, struct function_row);
void store_set_path(struct catalog *, const struct tl_str *schemas, uint32_t n,
                    bool local, uint32_t statement);

/* What is alive at `at`; TL_ALIVE - 1 asks for the present. */
#define STORE_NOW (TL_ALIVE - 1)
struct relation_row *store_find_relation(const struct catalog *, struct tl_name,
                                         uint32_t at, enum tl_know *known);
/* The schemas that have, or had, a relation of that bare name. */
struct name_slot *store_bare(const struct catalog *, struct tl_str name);
/* The same, but NULL when this tainting text had the name before and nothing
   new is asked: a word may stand in it a million times. */
struct name_slot *store_bare_once(struct catalog *, struct tl_str name,
                                  bool makes);
struct name_slot *store_next_schema(const struct name_slot *);
/* The newest row there that some moment sees; NULL. */
struct relation_row *store_newest(const struct name_slot *);
struct type_row *store_find_type(const struct catalog *, struct tl_name,
                                 uint32_t at);
/* Newest rows of that name, found through the path; walk `same_name`. */
struct function_row *store_functions(const struct catalog *, struct tl_name,
                                     uint32_t at);
const struct path_row *store_path(const struct catalog *, uint32_t at);
/* As it was set, if empty too; NULL: nothing did set it. */
const struct path_row *store_path_set(const struct catalog *, uint32_t at);
/* Where an unqualified CREATE goes. */
struct tl_str store_creation_schema(const struct catalog *);

struct tl_relation *store_relation(const struct catalog *, uint32_t id,
                                   uint32_t at);
struct tl_column *store_column(const struct catalog *, uint32_t relation,
                               struct tl_str name, uint32_t at);
struct constraint_row *store_constraint(const struct catalog *,
                                        uint32_t relation, struct tl_str name,
                                        uint32_t at);
struct index_row *store_index(const struct catalog *, uint32_t id, uint32_t at);

static inline bool row_alive(const struct tl_row *r, uint32_t at)
{
    return r->born <= at && at < r->died;
}

static inline bool list_has(const struct tl_str *list, uint32_t n,
                            struct tl_str name)
{
    for (uint32_t i = 0; i < n; i++)
        if (tl_str_eq(list[i], name))
            return true;
    return false;
}

/* Does it index, or compute with, the column? */
bool index_uses(const struct index_row *, struct tl_str column);
bool index_computes(const struct index_row *, struct tl_str column);
/* The index that a definition makes; its names and rows are not set. */
struct tl_index index_as_made(const struct tl_index_def *);
/* Does PostgreSQL take the partition's index when `parent` is made, instead of
   building one? Directions do not count. */
bool index_fits(const struct tl_index *, const struct tl_index *parent);
/* The table whose column owns the sequence, by its id; 0. */
uint32_t sequence_owner(struct tl_schema, uint32_t sequence);
/* Does an index of the table have this index of a partition? */
bool index_is_attached(struct tl_schema, const struct tl_relation *table,
                       uint32_t index);
/* Does a CHECK of the relation that holds prove the column has no NULL? */
bool check_proves_not_null(struct tl_str check, struct tl_str column);
struct tl_name name_split(struct tl_str dotted);

#endif
