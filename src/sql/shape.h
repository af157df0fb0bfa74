/*
 * shape.h - what stays of a query when its values are taken away.
 *
 * Found by lexing alone: literals and parameters become one mark, an IN list
 * or VALUES list of any length above one becomes one form that differs from
 * that of length one, comments and blanks vanish, words that are not quoted
 * fold to lower case.
 */
#ifndef SQL_SHAPE_H
#define SQL_SHAPE_H

#include "base/arena.h"

/* Equal for texts of equal shape (64 bits, XXH3 over the folded tokens). */
uint64_t shape_hash(struct tl_str text);
/*
 * The same and, into `values`, a hash of the literals in order: equal shape
 * and equal values is the same statement again (parameters apart).
 */
uint64_t shape_hash_values(struct tl_str text, uint64_t *values);
/* The shape as a person reads it: `select * from t where id = $1`, on one
 * line, at most `max` bytes. */
struct tl_str shape_display(struct arena *, struct tl_str text, size_t max);

#endif
