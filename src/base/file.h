/*
 * file.h - reading and finding files.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

/* The bytes of one file: mapped when it is a regular file, else read. */
struct file {
    struct tl_str text;
    bool mapped;
    bool owned; /* read into memory of its own */
};

/* `path` "-" reads standard input. `max` bounds what is read from a pipe. */
bool file_read(struct file *, const char *path, size_t max,
               struct err *) TL_NODISCARD;
/* Tells the kernel that text before `offset` is not needed for now. */
void file_forget(const struct file *, size_t offset);
void file_release(struct file *);

/* Writes through a temporary file and rename; keeps the mode. */
bool file_write(const char *path, struct tl_str text,
                struct err *) TL_NODISCARD;

struct path_list {
    VEC(const char *) paths; /* strings of the arena given to file_walk */
};

/*
 * Adds the regular files below `dir` for which `want` says yes, in byte order
 * of their paths. Hidden folders but .sqlx, node_modules, and links to folders
 * are not entered. False when the folder cannot be read.
 */
typedef bool file_want_fn(const char *path, void *arg);
bool file_walk(struct path_list *, struct arena *, const char *dir,
               file_want_fn *want, void *arg, struct err *) TL_NODISCARD;
/* Has the folder an entry whose name `want` takes? False if it cannot be read
 */
bool file_has_entry(const char *dir, file_want_fn *want, void *arg);
bool file_is_dir(const char *path);
/* A regular file, or a link to one. */
bool file_is_regular(const char *path);

#endif
