/*
 * psql.h - what psql prints around an EXPLAIN.
 */
#ifndef PLAN_PSQL_H
#define PLAN_PSQL_H

#include "base/arena.h"

/*
 * The text with heading, rules, continuation marks and row counts as blanks,
 * so that places stay those of the file; false and `text` itself when psql
 * printed nothing around it.
 */
bool psql_undress(struct tl_str text, struct arena *, struct tl_str *out);

#endif
