/*
 * digest.h - a capture's shapes as JSON lines, written and read again.
 *
 * One object a line and shape, with whole numbers and sketches only
 * (input/stats.h), so that the digests of parts of a log, merged in any order,
 * are the digest of the whole. docs/digest.md tells the members.
 */
#ifndef INPUT_DIGEST_H
#define INPUT_DIGEST_H

#include "base/buf.h"
#include "input/record.h"

#define DIGEST_VERSION 1

extern const struct input_format input_digest;

/* A shape's line, newline included; its last example stands for it. */
void digest_write(struct buf *, uint64_t shape, struct tl_str display,
                  const struct shape_stats *);

#endif
