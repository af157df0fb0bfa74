/*
 * unpack.h - files that are packed with gzip or zstd, as their contents.
 */
#ifndef BASE_UNPACK_H
#define BASE_UNPACK_H

#include "base/file.h"

/* Does text that begins like this come from gzip or zstd (RFC 1952, 8878)? */
bool file_is_packed(struct tl_str head);
/*
 * Puts the contents of a packed file in its place: mapped from a temporary
 * file without a name, so that a long log is never in memory as a whole. At
 * most `max` bytes of them. False with a message (no path in it) when they are
 * not all there; the file then holds what came before the damage.
 */
bool file_unpack(struct file *, size_t max, struct err *) TL_NODISCARD;
/* "a.csv" of "a.csv.gz": the length of a path without such an ending. */
size_t file_unpacked_path(const char *path);

#endif
