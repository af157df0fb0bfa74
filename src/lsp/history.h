/*
 * history.h - the files of migration histories, read once and kept.
 *
 * A history is a folder (tl_history_folder()). Its files are looked at again
 * when somebody says that something changed, or after a while, and read again
 * where size or time differ. Files of open documents are kept, too: what
 * stands in them until they are saved, the documents know.
 */
#ifndef LSP_HISTORY_H
#define LSP_HISTORY_H

#include "base/vec.h"

#include <tusklint/base.h>

#include <time.h>

struct history_file {
    char *name; /* in the folder: "1.sql", "1/up.sql" */
    char *bytes;
    struct tl_str text;
    struct timespec modified;
    uint64_t size;
    bool kept; /* of a list that the next one replaces */
};

struct history {
    char *folder; /* absolute */
    bool nested;
    bool stale;
    struct timespec looked;
    VEC(struct history_file) files; /* by name */
};

struct histories {
    VEC(struct history *) list;
};

void histories_release(struct histories *);
/* Everything is to be looked at again. */
void histories_forget(struct histories *);

/* The history of that folder; its files are read when it is new. */
struct history *history_of(struct histories *, const char *folder, bool nested);
/*
 * Looks at the files again if that is due. When texts are about to go that
 * were handed out before, `changing` is called first, so that nobody reads
 * them any more.
 */
void history_refresh(struct history *, void (*changing)(void *arg), void *arg);

#endif
