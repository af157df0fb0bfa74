/*
 * volatility.h - how volatile PostgreSQL's own functions are.
 *
 * Covers pg_catalog of PostgreSQL 15 and the contrib extensions. Where
 * overloads differ the worst counts: an argument's type is not known here.
 */
#ifndef FACTS_VOLATILITY_H
#define FACTS_VOLATILITY_H

#include <tusklint/schema.h>

/* TL_VOLATILITY_UNKNOWN for a name that is none of theirs. */
enum tl_volatility volatility_of(struct tl_str function);

#endif
