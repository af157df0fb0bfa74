/*
 * schema.h - the schema at one moment, as the migrations built it.
 *
 * Rows are never changed: an ALTER ends one row and begins another, and each
 * knows the statement that made it (`born`) and the one that ended it
 * (`died`). A tl_schema is a catalog and a statement number, passed by value.
 * All pointers live until the end of the run.
 */
#ifndef TUSKLINT_SCHEMA_H
#define TUSKLINT_SCHEMA_H

#include <tusklint/base.h>

struct catalog;

struct tl_schema {
    const struct catalog *catalog;
    uint32_t at;
};

#define TL_ALIVE UINT32_MAX

/* A type as the parser names it: int4, varchar, timestamptz ... */
struct tl_type {
    struct tl_name name; /* pg_catalog is left out */
    int32_t mods[2];     /* varchar(20): {20}; numeric(10,2): {10, 2} */
    uint8_t n_mods;
    uint8_t dimensions; /* of an array */
};

enum tl_volatility {
    TL_VOLATILITY_UNKNOWN,
    TL_IMMUTABLE,
    TL_STABLE,
    TL_VOLATILE,
};

/* Birth, death and place of any row. */
struct tl_row {
    uint32_t born;
    uint32_t died;  /* TL_ALIVE */
    uint32_t first; /* the statement that made the object */
    uint32_t file;  /* source id that made the object (not this version) */
    uint32_t transaction; /* number of the transaction that made it */
    struct tl_span made;  /* the definition: where related locations point */
};

enum tl_relation_kind {
    TL_TABLE,
    TL_PARTITIONED_TABLE,
    TL_VIEW,
    TL_MATVIEW,
    TL_INDEX,
    TL_SEQUENCE,
    TL_COMPOSITE,
    TL_FOREIGN_TABLE,
};

/* FROM and TO of a partition by range of one column: constants as they are
   written, "minvalue", "maxvalue"; none of any other partition. */
struct tl_bounds {
    struct tl_str from;
    struct tl_str to;
};

struct tl_relation {
    struct tl_row row;
    uint32_t id; /* the same in all versions; names may change, it does not */
    enum tl_relation_kind kind;
    struct tl_name name; /* schema is always set */
    bool temporary;
    bool unlogged;
    bool filled;           /* rows may have come since the table was made */
    uint32_t emptied;      /* the statement that took every row, when none came
                              since; 0 */
    bool dead_rows;        /* ... and left their space to be read: DELETE */
    uint32_t proved_empty; /* the statement that would have failed if there
                              were rows, when none came since; 0 */
    bool uncertain;        /* a DO block or dynamic SQL may have changed it */
    uint32_t doubted;      /* the last statement that may have; 0 */
    bool incomplete; /* its CREATE was not seen: columns are those DDL named */
    bool without_data; /* a materialized view not populated yet */
    uint32_t parent;   /* relation id of the partitioned parent, or 0 */
    struct tl_str partition_columns; /* comma-joined; none unless partitioned */
    char partitioned_by;             /* 'r'ange, 'l'ist, 'h'ash; 0 */
    struct tl_bounds bounds;         /* of a partition */
    bool row_security;               /* ENABLE ROW LEVEL SECURITY */
    char replica_identity; /* 'f'ull, 'i'ndex, 'n'othing, 'd'efault or 0 */
};

struct tl_column {
    struct tl_row row;
    uint32_t relation;
    uint32_t number; /* position, from 1; never reused */
    struct tl_str name;
    struct tl_type type;
    struct tl_span typed; /* what gave it that type: itself, or an ALTER */
    bool not_null;
    bool identity;
    bool serial;
    bool generated_stored;
    bool inherited; /* by INHERITS alone: the table did not name it */
    struct tl_str default_text; /* canonical; none without a default */
    struct tl_str collation;    /* by its COLLATE; none: the type's */
};

enum tl_constraint_kind {
    TL_PRIMARY_KEY,
    TL_UNIQUE,
    TL_FOREIGN_KEY,
    TL_CHECK,
    TL_EXCLUDE,
};

struct tl_constraint {
    struct tl_row row;
    uint32_t relation;
    enum tl_constraint_kind kind;
    struct tl_str name;
    const struct tl_str *columns;
    uint32_t n_columns;
    bool validated;
    bool deferrable;
    struct tl_str check;      /* canonical expression of a CHECK */
    struct tl_name ref_table; /* FOREIGN KEY: as resolved when it was made */
    uint32_t ref_relation;    /* id, or 0 when unknown */
    const struct tl_str *ref_columns;
    uint32_t n_ref_columns;
    char on_delete; /* 'a' no action, 'r' restrict, 'c' cascade, 'n', 'd' */
    uint32_t index; /* id of the index behind it, or 0 */
};

struct tl_index_key {
    struct tl_str column;     /* none for an expression */
    struct tl_str expression; /* canonical text; none for a column */
    struct tl_str opclass;    /* none: the type's default */
    struct tl_str collation;  /* none: the column's */
    bool desc;
    bool nulls_first; /* effective: DESC alone means nulls first */
};

struct tl_index {
    struct tl_row row;
    uint32_t id; /* relation id of the index itself */
    uint32_t relation;
    struct tl_name name;
    struct tl_str method; /* btree, gin, ... */
    bool unique;
    bool primary;
    bool of_constraint; /* made by PRIMARY KEY, UNIQUE or EXCLUDE */
    bool nulls_not_distinct;
    bool concurrently; /* how it was built */
    const struct tl_index_key *keys;
    uint32_t n_keys;
    const struct tl_str *include;
    uint32_t n_include;
    struct tl_str predicate; /* canonical; none unless partial */
    bool maybe_invalid;
};

struct tl_policy {
    struct tl_row row;
    uint32_t relation;
    struct tl_str name;
};

static inline bool tl_alive(const struct tl_row *r, struct tl_schema s)
{
    return r->born <= s.at && s.at < r->died;
}

/*
 * The relation a name stands for (search_path followed), or NULL. `known`
 * (may be NULL) says how sure a NULL is: TL_NO when the history shows that
 * there is none (dropped), TL_UNKNOWN when it was simply never seen.
 */
const struct tl_relation *tl_find_relation(struct tl_schema, struct tl_name,
                                           enum tl_know *known);
const struct tl_relation *tl_relation_by_id(struct tl_schema, uint32_t id);
/* Does the search_path of that moment find what is in the schema, written
   without it? */
bool tl_path_has(struct tl_schema, struct tl_str schema);
const struct tl_column *tl_find_column(struct tl_schema,
                                       const struct tl_relation *,
                                       struct tl_str name);
const struct tl_index *tl_find_index(struct tl_schema, struct tl_name);
const struct tl_constraint *tl_find_constraint(struct tl_schema,
                                               const struct tl_relation *,
                                               struct tl_str name);
/* The statement that took the primary key of a table that has none now; 0 when
   it never had one. */
uint32_t tl_primary_key_died(struct tl_schema, const struct tl_relation *);
/* Alive rows in order of birth; pass NULL first, then the last one. */
const struct tl_relation *tl_next_relation(struct tl_schema,
                                           const struct tl_relation *);
const struct tl_column *tl_next_column(struct tl_schema,
                                       const struct tl_relation *,
                                       const struct tl_column *);
const struct tl_index *tl_next_index(struct tl_schema,
                                     const struct tl_relation *,
                                     const struct tl_index *);
const struct tl_constraint *tl_next_constraint(struct tl_schema,
                                               const struct tl_relation *,
                                               const struct tl_constraint *);
const struct tl_policy *tl_next_policy(struct tl_schema,
                                       const struct tl_relation *,
                                       const struct tl_policy *);
/* A table's partitions, in the order in which they came to it. */
const struct tl_relation *tl_next_partition(struct tl_schema,
                                            const struct tl_relation *parent,
                                            const struct tl_relation *last);

#define TL_EACH_RELATION(schema, it)                                           \
    for (const struct tl_relation *it = tl_next_relation((schema), NULL); it;  \
         it = tl_next_relation((schema), it))
#define TL_EACH_COLUMN(schema, rel, it)                                        \
    for (const struct tl_column *it = tl_next_column((schema), (rel), NULL);   \
         it; it = tl_next_column((schema), (rel), it))
#define TL_EACH_INDEX(schema, rel, it)                                         \
    for (const struct tl_index *it = tl_next_index((schema), (rel), NULL); it; \
         it = tl_next_index((schema), (rel), it))
#define TL_EACH_CONSTRAINT(schema, rel, it)                                    \
    for (const struct tl_constraint *it =                                      \
             tl_next_constraint((schema), (rel), NULL);                        \
         it; it = tl_next_constraint((schema), (rel), it))
#define TL_EACH_PARTITION(schema, rel, it)                                     \
    for (const struct tl_relation *it =                                        \
             tl_next_partition((schema), (rel), NULL);                         \
         it; it = tl_next_partition((schema), (rel), it))
#define TL_EACH_POLICY(schema, rel, it)                                        \
    for (const struct tl_policy *it = tl_next_policy((schema), (rel), NULL);   \
         it; it = tl_next_policy((schema), (rel), it))

/*
 * Can a b-tree on the relation look rows up by exactly these columns: do the
 * first `n` keys of some full (not partial, unless `partial_ok`) index hold
 * them, in any order? Gives the index, or NULL.
 */
const struct tl_index *tl_index_led_by(struct tl_schema,
                                       const struct tl_relation *,
                                       const struct tl_str *columns, uint32_t n,
                                       bool partial_ok);
/*
 * Are the keys of `a`, in order, the first ones of `b`: columns, expressions,
 * operator classes, collations? Directions may all be the other way round, for
 * an index is read in both. Uniqueness, predicate and INCLUDE are not looked
 * at.
 */
bool tl_index_is_prefix(const struct tl_index *a, const struct tl_index *b);
/* Partitions of a partitioned table that the history shows; the DEFAULT one. */
bool tl_has_partitions(struct tl_schema, const struct tl_relation *);
bool tl_has_default_partition(struct tl_schema, const struct tl_relation *);
/* Does a table inherit from it (INHERITS, no partition)? */
bool tl_has_heirs(struct tl_schema, const struct tl_relation *);
/* A valid CHECK, a NOT NULL or the primary key says the column has no NULL. */
enum tl_know tl_column_is_not_null(struct tl_schema, const struct tl_relation *,
                                   struct tl_str column);
/* "varchar(20)", "numeric(10,2)[]" as SQL writes it, into buf; returns it. */
const char *tl_type_text(const struct tl_type *, char *buf, size_t size);
bool tl_type_equal(const struct tl_type *, const struct tl_type *);
/* A type of pg_catalog by its internal name: "int4", "bpchar"; no array. */
static inline bool tl_type_is(const struct tl_type *t, const char *name)
{
    return !t->name.schema.n && !t->dimensions && tl_str_is(t->name.name, name);
}

#endif
