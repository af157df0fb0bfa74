/*
 * effect_partition.h - what a new partition makes PostgreSQL read.
 */
#ifndef SCHEMA_EFFECT_PARTITION_H
#define SCHEMA_EFFECT_PARTITION_H

#include <tusklint/op.h>

/* Does a valid CHECK of the child say what the bounds of ATTACH PARTITION
   say, so that its rows need not be read? */
bool partition_is_checked(const struct tl_op *attach, struct tl_schema,
                          const struct tl_relation *parent);
/* Has every partition that the history shows, and at least one, an index that
   CREATE INDEX on their parent attaches instead of building one? */
bool partitions_have_index(const struct tl_index_def *, struct tl_schema,
                           const struct tl_relation *parent);

#endif
