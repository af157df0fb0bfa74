/*
 * depot.h - a folder of files that nobody misses: a cache on disk.
 *
 * Whatever fails, fails quietly: what cannot be read is not there, what cannot
 * be written is made again another time. Files are for their owner alone, are
 * put in place whole, and links are not followed, so that several programs may
 * use one folder at a time.
 */
#ifndef BASE_DEPOT_H
#define BASE_DEPOT_H

#include "base/err.h"
#include "base/file.h"

struct depot {
    int fd; /* of the folder; -1: none */
};

/* Opens the folder, and makes it where there is none. False with a message when
   it cannot be, is a link, or others than its owner, who runs this, may write
   to it. */
bool depot_open(struct depot *, const char *folder, struct err *) TL_NODISCARD;
void depot_close(struct depot *);
/* Names are without a slash. What is in the file, when it is as it was written:
   a sum tells damage, no malice. `bytes` lie in the file, which the caller
   releases. Read, not mapped: it may change. */
bool depot_read(const struct depot *, const char *name, size_t max,
                struct file *, struct tl_str *bytes) TL_NODISCARD;
bool depot_write(const struct depot *, const char *name, struct tl_str);
/* It was of use now: depot_sweep() takes those first that were not for long. */
void depot_touch(const struct depot *, const char *name);
/* Removes the oldest files until those left have `max` bytes at most, and what
   was never put in place. Other people's files, by their names, are let be. */
void depot_sweep(const struct depot *, uint64_t max);

#endif
