/*
 * op.h - what a statement does to the schema, decoded once.
 *
 * However it was spelled, a change arrives as one op: a PRIMARY KEY inside a
 * CREATE TABLE and one added by ALTER TABLE are the same constraint struct.
 * One statement gives any number of ops, in the order PostgreSQL applies
 * them. Ops live as long as their statement; what the catalog keeps it copies.
 */
#ifndef TUSKLINT_OP_H
#define TUSKLINT_OP_H

#include <tusklint/base.h>
#include <tusklint/schema.h>
#include <tusklint/tree.h>

/* X(enum suffix, name in output) */
#define TL_OPS(X)                                                              \
    X(CREATE_SCHEMA, "create-schema")                                          \
    X(DROP_SCHEMA, "drop-schema")                                              \
    X(RENAME_SCHEMA, "rename-schema")                                          \
    X(CREATE_TABLE, "create-table")                                            \
    X(CREATE_TABLE_AS, "create-table-as")                                      \
    X(DROP_TABLE, "drop-table")                                                \
    X(RENAME_TABLE, "rename-table")                                            \
    X(SET_SCHEMA, "set-schema")                                                \
    X(ADD_COLUMN, "add-column")                                                \
    X(DROP_COLUMN, "drop-column")                                              \
    X(RENAME_COLUMN, "rename-column")                                          \
    X(ALTER_COLUMN_TYPE, "alter-column-type")                                  \
    X(SET_DEFAULT, "set-default")                                              \
    X(DROP_DEFAULT, "drop-default")                                            \
    X(SET_NOT_NULL, "set-not-null")                                            \
    X(DROP_NOT_NULL, "drop-not-null")                                          \
    X(ADD_IDENTITY, "add-identity")                                            \
    X(DROP_IDENTITY, "drop-identity")                                          \
    X(DROP_EXPRESSION, "drop-expression")                                      \
    X(ADD_CONSTRAINT, "add-constraint")                                        \
    X(DROP_CONSTRAINT, "drop-constraint")                                      \
    X(VALIDATE_CONSTRAINT, "validate-constraint")                              \
    X(RENAME_CONSTRAINT, "rename-constraint")                                  \
    X(ALTER_CONSTRAINT, "alter-constraint")                                    \
    X(ALTER_TABLE_OTHER, "alter-table-other")                                  \
    X(CREATE_INDEX, "create-index")                                            \
    X(DROP_INDEX, "drop-index")                                                \
    X(RENAME_INDEX, "rename-index")                                            \
    X(ATTACH_INDEX, "attach-index")                                            \
    X(REINDEX, "reindex")                                                      \
    X(ATTACH_PARTITION, "attach-partition")                                    \
    X(DETACH_PARTITION, "detach-partition")                                    \
    X(CREATE_VIEW, "create-view")                                              \
    X(CREATE_MATVIEW, "create-materialized-view")                              \
    X(REFRESH_MATVIEW, "refresh-materialized-view")                            \
    X(DROP_VIEW, "drop-view")                                                  \
    X(CREATE_SEQUENCE, "create-sequence")                                      \
    X(ALTER_SEQUENCE, "alter-sequence")                                        \
    X(DROP_SEQUENCE, "drop-sequence")                                          \
    X(CREATE_TYPE, "create-type")                                              \
    X(CREATE_ENUM, "create-enum")                                              \
    X(ADD_ENUM_VALUE, "add-enum-value")                                        \
    X(CREATE_DOMAIN, "create-domain")                                          \
    X(ALTER_DOMAIN, "alter-domain")                                            \
    X(DROP_TYPE, "drop-type")                                                  \
    X(RENAME_TYPE, "rename-type")                                              \
    X(CREATE_FUNCTION, "create-function")                                      \
    X(DROP_FUNCTION, "drop-function")                                          \
    X(CREATE_TRIGGER, "create-trigger")                                        \
    X(DROP_TRIGGER, "drop-trigger")                                            \
    X(CREATE_EXTENSION, "create-extension")                                    \
    X(POLICY, "policy")                                                        \
    X(TRUNCATE, "truncate")                                                    \
    X(INSERT, "insert")                                                        \
    X(UPDATE, "update")                                                        \
    X(DELETE, "delete")                                                        \
    X(COPY_FROM, "copy-from")                                                  \
    X(SELECT, "select")                                                        \
    X(LOCK_TABLE, "lock-table")                                                \
    X(VACUUM, "vacuum")                                                        \
    X(CLUSTER, "cluster")                                                      \
    X(BEGIN, "begin")                                                          \
    X(COMMIT, "commit")                                                        \
    X(ROLLBACK, "rollback")                                                    \
    X(SAVEPOINT, "savepoint")                                                  \
    X(SET, "set")                                                              \
    X(RESET, "reset")                                                          \
    X(DO, "do")                                                                \
    X(DATABASE, "create-or-drop-database")                                     \
    X(SYSTEM, "alter-system")                                                  \
    X(OTHER, "other")

enum tl_op_kind {
#define TL_OP_ENUM(name, text) TL_OP_##name,
    TL_OPS(TL_OP_ENUM)
#undef TL_OP_ENUM
        TL_OP_COUNT
};

/* PostgreSQL's table-level lock modes, weakest first (explicit-locking.html).*/
enum tl_lock {
    TL_LOCK_NONE,
    TL_ACCESS_SHARE,
    TL_ROW_SHARE,
    TL_ROW_EXCLUSIVE,
    TL_SHARE_UPDATE_EXCLUSIVE,
    TL_SHARE,
    TL_SHARE_ROW_EXCLUSIVE,
    TL_EXCLUSIVE,
    TL_ACCESS_EXCLUSIVE,
};

/* What it costs on a relation that exists and is in use. */
struct tl_effect {
    enum tl_lock lock;            /* on the op's relation */
    enum tl_lock referenced_lock; /* on the other table, where there is one */
    bool rewrite;                 /* the table is written anew */
    bool scan;                    /* the table is read whole */
    bool index_build;             /* an index is built */
    bool no_rows; /* this file left the table none, so the three above are
                     false */
    enum tl_know transaction_ok; /* may it stand in a transaction block? */
};

/* A column as CREATE TABLE and ADD COLUMN define it. */
struct tl_column_def {
    struct tl_str name;
    struct tl_type type;
    bool not_null;
    bool has_default;
    bool identity;
    bool serial; /* serial, bigserial, smallserial; type is the integer type */
    bool generated_stored;
    enum tl_volatility default_volatility; /* of the default expression */
    struct tl_str default_text;            /* canonical */
    struct tl_str volatile_call; /* the function that makes it volatile */
    struct tl_str collation;     /* by its COLLATE; none: the type's */
    const struct tl_node *default_node;
    const struct tl_node *node; /* ColumnDef */
    uint32_t at;     /* where it stands, from the start of the op's span */
    uint32_t length; /* ... and how long it is */
    struct tl_name sequence; /* an identity's SEQUENCE NAME; none: chosen */
    struct tl_str copy_of; /* CREATE ... AS: the column it shows, taken from */
    uint32_t copy_from;    /* ... this one of the op's `parents` */
};

struct tl_constraint_def {
    enum tl_constraint_kind kind;
    struct tl_str name; /* none: PostgreSQL chooses */
    const struct tl_str *columns;
    uint32_t n_columns;
    const struct tl_str *include;
    uint32_t n_include;
    struct tl_name ref_table;
    const struct tl_str *ref_columns; /* none: the referenced primary key */
    uint32_t n_ref_columns;
    struct tl_str check; /* canonical */
    const struct tl_node *check_node;
    struct tl_str using_index;
    bool not_valid;
    bool deferrable;
    bool nulls_not_distinct;
    bool of_column; /* written behind a column */
    bool no_inherit;
    char on_delete;
    const struct tl_node *node; /* Constraint */
    uint32_t at;     /* where it stands, from the start of the op's span */
    uint32_t length; /* ... and how long it is */
    struct tl_index_def *index; /* EXCLUDE: the index behind it */
};

struct tl_index_def {
    struct tl_str name; /* none: PostgreSQL chooses */
    struct tl_str method;
    bool unique;
    bool nulls_not_distinct;
    bool only; /* ON ONLY parent */
    const struct tl_index_key *keys;
    uint32_t n_keys;
    const struct tl_str *include;
    uint32_t n_include;
    struct tl_str predicate;
    struct tl_str name_part;   /* "a_lower": what a chosen name is made of */
    const struct tl_str *used; /* columns that expressions and predicate name */
    uint32_t n_used;
};

/* A relation that a new one takes columns from. */
enum tl_parent_kind {
    TL_PARENT_LIKE,
    TL_PARENT_INHERITS,
    TL_PARENT_PARTITION,
    TL_PARENT_FROM, /* a view or CREATE TABLE AS reads it */
    TL_PARENT_STAR, /* ... and shows all of its columns */
};

struct tl_parent_def {
    enum tl_parent_kind kind;
    struct tl_name table;
    uint32_t before; /* its columns stand before this one of the op's */
    bool defaults;   /* LIKE ... INCLUDING */
    bool constraints;
    bool indexes;
    bool identity;
    bool generated;
};

/*
 * `table` names the relation that the op works on. The other members are set
 * for the kinds that their comments name, and zero for the rest.
 */
struct tl_op {
    enum tl_op_kind kind;
    struct tl_name table;
    struct tl_span span;        /* tightest region: the clause, or the stmt */
    const struct tl_node *node; /* the tree node it was decoded from */
    struct tl_effect effect;    /* filled before rules see the op */

    bool concurrently;
    bool if_exists;     /* IF EXISTS */
    bool if_not_exists; /* IF NOT EXISTS */
    bool cascade;
    bool or_replace;
    bool with_data; /* CREATE ... AS, REFRESH */
    bool temporary;
    bool unlogged;
    bool partitioned;     /* CREATE TABLE ... PARTITION BY */
    bool is_default;      /* ATTACH, PARTITION OF ... DEFAULT */
    bool not_valid;       /* ALTER_DOMAIN ... ADD ... NOT VALID */
    bool columns_unknown; /* views: a column is shown that nobody names */
    bool new_collation;   /* ALTER_COLUMN_TYPE ... COLLATE */
    bool one_of_many;     /* DROP a, b: this op is one of several */
    bool full;            /* VACUUM FULL */
    bool local;           /* SET LOCAL */
    bool has_where;       /* UPDATE, DELETE */
    bool chain;           /* COMMIT AND CHAIN */
    bool only;            /* ALTER TABLE ONLY: not its children */

    struct tl_str column;   /* the column of a column op */
    struct tl_str name;     /* constraint, index, trigger, type, setting */
    struct tl_str new_name; /* RENAME, SET SCHEMA */
    struct tl_str value;    /* SET: the value; enum value; LOCK: the mode;
                               ALTER_TABLE_OTHER: the subcommand, SQL words;
                               functions: the argument types;
                               POLICY: "create", "alter", "rename", "drop";
                               ALTER_SEQUENCE: "owned by none" */
    struct tl_name other;   /* ADD_IDENTITY: its sequence's name, if given;
                               ATTACH: the child; LIKE/INHERITS/PARTITION OF:
                               the parent; REINDEX: "table", "index", ... in
                               `value`; DROP INDEX: see name */
    enum tl_relation_kind relation_kind; /* DROP_TABLE, RENAME_TABLE ... */

    struct tl_column_def *columns; /* CREATE_TABLE all; ADD_COLUMN one */
    uint32_t n_columns;
    struct tl_constraint_def *constraints; /* CREATE_TABLE all, hoisted;
                                ADD_COLUMN those of the column;
                                ADD_CONSTRAINT one; CREATE_DOMAIN */
    uint32_t n_constraints;
    struct tl_parent_def *parents; /* CREATE_TABLE, CREATE_TABLE_AS, views */
    uint32_t n_parents;
    struct tl_index_def *index;  /* CREATE_INDEX */
    const struct tl_str *labels; /* CREATE_ENUM */
    uint32_t n_labels;
    bool after;          /* ADD_ENUM_VALUE: behind `column`, not before it */
    struct tl_type type; /* ALTER_COLUMN_TYPE: the new one */
    const struct tl_node *using_node; /* ALTER_COLUMN_TYPE ... USING */
    struct tl_str partition_columns;  /* CREATE_TABLE ... PARTITION BY */
    char partitioned_by;              /* the same: 'r', 'l', 'h' */
    struct tl_bounds bounds;          /* PARTITION OF, ATTACH */
    enum tl_volatility volatility;    /* CREATE_FUNCTION */
    enum tl_lock lock_mode;           /* LOCK_TABLE, SELECT */
    /* Offset in the statement's text behind the keyword where CONCURRENTLY
       goes (INDEX, VIEW, TABLE, ...); 0 when there is none. */
    size_t keyword_end;
};

/* Would PostgreSQL take this index of a partition where the definition is made
   on its parent, instead of building one? */
bool tl_index_serves(const struct tl_index *, const struct tl_index_def *);
/* "create-index" */
const char *tl_op_name(enum tl_op_kind);
/* "ACCESS EXCLUSIVE" */
const char *tl_lock_name(enum tl_lock);
/* Does the lock stop SELECTs; does it stop INSERT, UPDATE and DELETE? */
bool tl_lock_blocks_reads(enum tl_lock);
bool tl_lock_blocks_writes(enum tl_lock);

#endif
