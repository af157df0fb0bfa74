/*
 * effect.h - what an op locks, reads and rewrites: the lock model's one table.
 *
 * Measured on PostgreSQL 15, 17 and 18; see testdata/locks/.
 */
#ifndef SCHEMA_EFFECT_H
#define SCHEMA_EFFECT_H

#include <tusklint/op.h>

/* The server and session that the op runs in. */
struct effect_server {
    int version; /* 12 to 18 */
    bool utc;    /* the session's TimeZone is known to be UTC */
};

/* Completes what the op's text alone does not tell: how volatile a default is
   that calls a function declared in the history. */
void effect_settle(struct tl_op *, struct tl_schema before);
/* `before` is the schema that the op meets. */
struct tl_effect effect_of(const struct tl_op *, struct tl_schema before,
                           struct effect_server);

/*
 * Says each relation that the op locks and how: its own, the other tables of
 * keys and parents, and the partitions that share their parent's lock. One
 * relation may be said several times; the strongest lock counts. Names have a
 * schema: where the catalog knows no such relation, the one that new relations
 * come into. What CASCADE reaches through foreign keys is said; columns of a
 * dropped type and sequences in expressions are not.
 */
typedef void effect_lock_fn(void *arg, struct tl_name, enum tl_lock);
void effect_locks(const struct tl_op *, struct tl_schema before,
                  effect_lock_fn *say_one, void *arg);

#endif
