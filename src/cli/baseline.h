/*
 * baseline.h - findings that are known, in a file beside the code.
 *
 * Keyed by rule, path, the statement's shape and the object, with a count; no
 * lines, no severities: what moves within its file stays known, what is added
 * beside it does not. Paths are relative to the baseline's folder, so that it
 * means the same wherever tusklint is started.
 */
#ifndef CLI_BASELINE_H
#define CLI_BASELINE_H

#include "base/err.h"

#include <tusklint/tusklint.h>

struct baseline_file;

/* An empty one for a file that is to be written; its folder must exist. */
struct baseline_file *baseline_create(const char *path,
                                      struct err *) TL_NODISCARD;
/* NULL with a message when it cannot be read or is none. */
struct baseline_file *baseline_load(const char *path,
                                    struct err *) TL_NODISCARD;
void baseline_free(struct baseline_file *);
/* Is there one more of it than were met before? */
bool baseline_knows(struct baseline_file *, struct tl_linter *,
                    const struct tl_finding *);
/* Counts it in. */
void baseline_add(struct baseline_file *, struct tl_linter *,
                  const struct tl_finding *);
/*
 * Of the entries that were not met since it was loaded: drops those of files
 * that the run read, or that are gone. Gives how many findings that were.
 */
size_t baseline_prune(struct baseline_file *, struct tl_linter *);
/* Keeps of `old` what is about files that are there and the run did not read.
 */
void baseline_keep_unread(struct baseline_file *, struct baseline_file *old,
                          struct tl_linter *);
size_t baseline_total(const struct baseline_file *);
bool baseline_save(struct baseline_file *, struct err *) TL_NODISCARD;

#endif
