/*
 * advice.h - what queries ask of the tables, gathered while they are judged.
 *
 * need.c says what a captured statement looks rows up by, mention.c which
 * columns any statement mentions; advice.c makes indexes of the needs. Nothing
 * is gathered in a run without a capture.
 */
#ifndef LINT_ADVICE_H
#define LINT_ADVICE_H

#include "base/arena.h"
#include "base/vec.h"

#include <tusklint/advice.h>
#include <tusklint/query.h>

struct tl_linter;

/* An index of more columns is hardly better than one of these. */
#define NEED_EQUAL_MAX 3
#define NEED_TESTS_MAX 4

/* What a statement looks rows of one FROM item up by, and no index serves. */
struct need {
    const struct tl_shape *shape;
    const struct tl_relation *table;
    const struct tl_column *equal[NEED_EQUAL_MAX];
    uint32_t n_equal;
    const struct tl_column *last; /* a range, or what it is sorted by; NULL */
    struct tl_str tests[NEED_TESTS_MAX]; /* "deleted_at is null" */
    uint32_t n_tests;
    bool begun; /* an index begins with one of the columns, and no more */
};

/* The columns of one relation that queries mention. */
struct mentions {
    uint64_t columns[26]; /* by number: 1600 are PostgreSQL's limit */
    VEC(const struct tl_shape *) shapes;
};

struct evidence {
    bool wanted; /* there is a capture */
    bool blind;  /* something was not understood, so all may be mentioned */
    VEC(struct need) needs;
    VEC(struct tl_operator_use) operators;
    VEC(struct mentions *) by_relation; /* id - 1 */
    VEC(struct tl_str) names;           /* of columns of some table */
    bool advised;
    VEC(struct tl_index_advice) advices;
};

/* Is there a log among the inputs? To be asked before anything is read. */
void evidence_begin(struct tl_linter *);
void evidence_release(struct tl_linter *);
/* A query with its shape; the catalog is complete. */
void need_note(struct tl_ctx *);
/* Any query, in a function or a view, too; the catalog may yet grow. */
void mention_note(struct tl_ctx *);
/* The same for one that was not understood: anything may be meant. */
void mention_blind(struct tl_linter *);
/* The same for code: what it makes queries of stands in it. */
void mention_words(struct tl_linter *, struct tl_str code);
/* Does the word stand in a canonical text, not as a part of another? */
bool mention_has_word(struct tl_str text, struct tl_str word);

/* need.c: may rows be looked up by it in a b-tree; do most of them share a
   value, as of a boolean or an enum? */
bool column_is_sortable(struct tl_schema, const struct tl_column *);
bool column_is_coarse(struct tl_schema, const struct tl_column *);

#endif
