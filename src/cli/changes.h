/*
 * changes.h - which lines of which files a unified diff adds or changes.
 *
 * Git's diffs, and those of other tools that write "--- a", "+++ b" and
 * "@@ -1,2 +3,4 @@". What is renamed without a change has no lines in it, what
 * is deleted has no path.
 */
#ifndef CLI_CHANGES_H
#define CLI_CHANGES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

/* Lines count from 1; first > last: something was taken out behind `last`. */
struct change {
    uint32_t first;
    uint32_t last;
};

struct changed_file {
    const char *path;
    VEC(struct change) lines; /* in order */
};

struct changes {
    struct arena arena;
    VEC(struct changed_file) files; /* sorted by path when it was read */
};

void changes_init(struct changes *);
void changes_release(struct changes *);
/* `name` is what a message calls the text. False when it is no diff. */
bool changes_read(struct changes *, struct tl_str diff, const char *name,
                  struct err *) TL_NODISCARD;
const struct changed_file *changes_of(const struct changes *, const char *path);
/* Does any change touch the lines from first to last? */
bool changes_touch(const struct changed_file *, uint32_t first, uint32_t last);

#endif
