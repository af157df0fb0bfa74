/*
 * progress.h - how far a long capture is read, for somebody who waits.
 *
 * One line on a terminal's stderr, from the second second on, a few times a
 * second; it is wiped when the reading is done. Nothing goes to a pipe or a
 * file.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <tusklint/base.h>

struct progress {
    double began;
    double shown; /* when the line was written last */
    bool visible; /* there is a line to be wiped */
    bool wanted;
};

/* Is it time for a line? `now` in seconds of any clock. */
bool progress_is_due(const struct progress *, double now);
/* "reading app.csv: 42 % of 1.3 GB" without what steers a terminal; at most
   `size` bytes, NUL included. */
void progress_text(char *out, size_t size, const char *path, uint64_t done,
                   uint64_t all);

void progress_init(struct progress *, bool quiet);
/* For tl_options.progress; `arg` is the struct progress. */
void progress_show(void *arg, const char *path, uint64_t done, uint64_t all);
void progress_end(struct progress *);

#endif
