/*
 * parse.h - the boundary to libpg_query; the only file that includes
 * pg_query.h is parse.c.
 *
 * Safe on any thread with a stack of PARSE_STACK bytes; libpg_query keeps its
 * state per thread, so use the threads of a pool and call parse_thread_end()
 * on each before it ends.
 */
#ifndef SQL_PARSE_H
#define SQL_PARSE_H

#include "base/arena.h"

#include <tusklint/tree.h>

/* Measured: unpacking takes about 1.9 kB a level, depth <= 1.5 x bound. */
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
/* Both a sixteenth: a sanitizer clears the shadow of a run's whole stack, and
   small inputs reach the bound. */
#define PARSE_STACK ((size_t)16 << 20)
#define PARSE_MAX_BOUND 4096
#else
#define PARSE_STACK ((size_t)256 << 20)
#define PARSE_MAX_BOUND 65536
#endif
#define PARSE_MAX_BYTES ((size_t)1 << 30)

struct parse_result {
    bool ok;
    struct tl_tree tree;   /* ok: in the arena; root is the statement node */
    struct tl_str message; /* not ok: PostgreSQL's words, in the arena */
    size_t at;             /* not ok: offset in the text of the offence */
    size_t at_end;         /* end of the token there; == at at the end */
};

/*
 * Parses one statement (or several: the tree's root is then the first and
 * `*more` is set). The text needs no NUL; one inside it is an error at its
 * place. Takes nothing but the arena's memory and leaves nothing behind.
 */
void parse_statement(struct tl_str text, struct arena *, struct parse_result *,
                     bool *more);
/*
 * Parses an expression, as in a plan's "Filter": root is the expression.
 * Locations are offsets into `text`.
 */
void parse_expression(struct tl_str text, struct arena *,
                      struct parse_result *);
void parse_thread_end(void);
/* Major version of the grammar compiled in: 15, 16, 17 ... */
int parse_grammar_version(void);
/* "libpg_query 15.1": the grammar that was compiled in. */
const char *parse_library(void);

#endif
