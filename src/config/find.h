/*
 * find.h - the configuration that is nearest to a folder.
 */
#ifndef CONFIG_FIND_H
#define CONFIG_FIND_H

#include "config/file.h"

struct config_finder;

/* Of a folder, as it is spelt or as it really is. */
struct config_folder {
    const char *real;         /* absolute, without links; it need not exist */
    struct config_file *file; /* that governs it, or NULL */
};

struct config_finder *config_finder_create(struct arena *,
                                           struct config_errors *);
void config_finder_free(struct config_finder *);
struct config_file *config_finder_read(struct config_finder *,
                                       const char *path);
/* That file for every folder. */
void config_finder_fix(struct config_finder *, const char *path);
/* The folder that `path` lies in; asked again, it costs a look-up. */
const struct config_folder *config_find(struct config_finder *,
                                        const char *path);
/* All files that were read, in the order of finding. */
size_t config_file_count(const struct config_finder *);
const struct config_file *config_file_at(const struct config_finder *, size_t);

#endif
