/*
 * known.h - the files of one history that an earlier run has read: what each
 * holds, by its hash, without reading it again.
 *
 * A file is known while size, times, inode and device are what they were, as
 * git knows the files of its index. One that was changed so shortly before it
 * was read that a change after it could bear the same time is read again.
 */
#ifndef LINT_KNOWN_H
#define LINT_KNOWN_H

#include "base/arena.h"
#include "base/depot.h"
#include "base/sha256.h"

/* What tells that a file is still the one that was read. */
struct known_stamp {
    bool there;
    uint64_t device, inode, size;
    uint64_t changed[2]; /* content, inode: nanoseconds */
};

struct known_file {
    const char *name; /* from the history's root */
    struct known_stamp stamp;
    const char *beside_name; /* what is read with it, or NULL */
    struct known_stamp beside;
    bool has_hash;
    unsigned char hash[SHA256_BYTES]; /* of both texts */
    bool settled;                     /* the stamps will tell of any change */
    bool recalled; /* it need not be read: the hash is from an earlier run */
};

/* A state of the run that is kept, by how many inputs led to it. */
struct known_state {
    uint32_t inputs;
    unsigned char chain[SHA256_BYTES];
};

struct known;

/* The table of that name, empty where there is none that is whole. */
struct known *known_open(const struct depot *, const char *name,
                         const char *root);
void known_free(struct known *);
/* The file, if it is a regular one, else NULL. Asked in the order of names it
   is fastest. Lives as long as the table. */
struct known_file *known_look(struct known *, const char *name);
/* Its text was read, after known_look(): takes the hash. */
void known_take(const struct known *, struct known_file *, struct tl_str text);
/* Does the file hold that text? */
bool known_holds(const struct known *, const struct known_file *,
                 struct tl_str text);
/* Have no files changed since they were looked at, as far as stamps tell? */
bool known_is_as_looked(const struct known *);
/* States, newest last; a few are kept. */
const struct known_state *known_states(const struct known *, size_t *n);
void known_add_state(struct known *, const struct known_state *);
/* Writes the table with the files that were looked at, if it has changed so
   much that it is worth it. False when nothing was written. */
bool known_save(struct known *, const struct depot *);
/* How many files were looked at, and recalled. */
size_t known_count(const struct known *, size_t *recalled);

/* For tests of what is read from the bytes of a table: is it whole? */
bool known_check(struct tl_str bytes);

#endif
