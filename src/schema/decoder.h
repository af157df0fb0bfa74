/*
 * decoder.h - what the parts of the decoder share; src/schema alone.
 */
#ifndef SCHEMA_DECODER_H
#define SCHEMA_DECODER_H

#include "base/vec.h"
#include "schema/decode.h"
#include "sql/canon.h"

/* INDEX_MAX_KEYS, PARTITION_MAX_KEYS: of more columns PostgreSQL makes no
   key. */
#define DECODE_MAX_KEYS 32

struct decoder {
    const struct tl_tree *tree;
    struct tl_str text;
    struct arena *arena;
    VEC(struct tl_op) ops;
    unsigned depth; /* of statements inside a statement */
};

/* A place in the statement's text; end == 0: nowhere. */
struct part {
    size_t start;
    size_t end;
};

#define ENUM_IS(value, type, name) ((value) == PG_QUERY__##type##__##name)

/* A new op for the node, zeroed, with the whole statement as its span. The
   pointer is good until the next one is made. */
struct tl_op *decode_op(struct decoder *, enum tl_op_kind,
                        const struct tl_node *);
struct tl_name decode_range(const PgQuery__RangeVar *);
/* Sets `is_default` and `bounds`; NULL: nothing. */
void decode_bounds(struct decoder *, struct tl_op *,
                   const PgQuery__PartitionBoundSpec *);
struct tl_name decode_names(struct decoder *, PgQuery__Node *const *, size_t n);
/* The name in a List, a TypeName or a String, as DROP and COMMENT have it. */
/* SEQUENCE NAME among the options of GENERATED ... AS IDENTITY. */
struct tl_name decode_sequence_name(struct decoder *,
                                    const PgQuery__Constraint *);
struct tl_name decode_object(struct decoder *, const PgQuery__Node *);
struct tl_str decode_string(const PgQuery__Node *);
/* An empty string is given as such, and what is no constant as none. */
struct tl_str decode_constant(struct decoder *, const PgQuery__Node *);
const struct tl_str *decode_strings(struct decoder *, PgQuery__Node *const *,
                                    size_t n);
/* A node below `top`, as canonical text. */
struct tl_str decode_expression(struct decoder *, const struct tl_node *top,
                                const PgQuery__Node *);
/* Distinct names of the columns that are used below the node, in order. */
const struct tl_str *decode_columns(struct decoder *, const struct tl_node *,
                                    uint32_t *n);
/* The list in the first parentheses behind `from`, cut at its commas; and the
   same without parentheses. Gives how many were found, at most `max`. */
size_t decode_split(struct tl_str text, size_t from, bool parens,
                    struct part *out, size_t max);
/* The end of a dotted name that begins at `at`. */
size_t decode_name_end(struct tl_str text, size_t at);
/* Behind the first word that is one of these; 0 without. NULL ends them. */
size_t decode_word_end(struct tl_str text, const char *const *words);

struct tl_column_def decode_column(struct decoder *, const struct tl_node *,
                                   struct part place, struct tl_op *);
struct tl_constraint_def decode_constraint(struct decoder *,
                                           const struct tl_node *);
void decode_push_constraint(struct decoder *, struct tl_op *,
                            const struct tl_constraint_def *);
/* The default `expr`, somewhere below the node. */
void decode_default(struct decoder *, const struct tl_node *,
                    const PgQuery__Node *expr, struct tl_column_def *);
void decode_volatility(struct decoder *, const struct tl_node *expr,
                       struct tl_column_def *);
struct tl_index_def *decode_index_def(struct decoder *, const struct tl_node *,
                                      PgQuery__Node *const *keys, size_t n_keys,
                                      PgQuery__Node *const *include,
                                      size_t n_include,
                                      const PgQuery__Node *predicate);
/* The name a target or an index expression gets; none: nothing fits. */
struct tl_str decode_figure_name(const PgQuery__Node *);
void decode_query_columns(struct decoder *, const struct tl_node *query,
                          PgQuery__Node *const *names, size_t n_names,
                          struct tl_op *);

bool decode_table(struct decoder *, const struct tl_node *);
bool decode_alter(struct decoder *, const struct tl_node *);
bool decode_index(struct decoder *, const struct tl_node *);
bool decode_drop(struct decoder *, const struct tl_node *);
bool decode_type(struct decoder *, const struct tl_node *);
bool decode_utility(struct decoder *, const struct tl_node *);
bool decode_rows(struct decoder *, const struct tl_node *);
/* "int4,text[]": the types of the arguments that go in. */
struct tl_str decode_arguments(struct decoder *, PgQuery__Node *const *,
                               size_t n);
void decode_nested(struct decoder *, const struct tl_node *);

#endif
