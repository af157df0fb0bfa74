/*
 * effect.h - what an op locks, reads and rewrites: the lock model's one table.
 *
 * Measured on PostgreSQL 15, 17 and 18; see testdata/locks/.
 */
#ifndef SCHEMA_EFFECT_H
#define SCHEMA_EFFECT_H

#include <tusklint/op.h>

/* `before` is the schema that the op meets; `pg_version` 12 to 18. */
struct tl_effect effect_of(const struct tl_op *, struct tl_schema before,
                           int pg_version);
/*
 * Why a type change costs what it costs, in a few words for a message
 * ("integer and bigint are stored differently"); none when it is free.
 */
struct tl_str effect_type_change_reason(const struct tl_op *,
                                        struct tl_schema before);

#endif
