/*
 * file.h - one configuration, read and checked.
 *
 * What it extends comes before what it says itself, and both before its
 * overrides: layers, of which later ones win. A configuration reaches nothing
 * outside of its root, neither by its paths nor through links.
 */
#ifndef CONFIG_FILE_H
#define CONFIG_FILE_H

#include "base/arena.h"
#include "base/vec.h"
#include "config/keys.h"

struct config_item {
    const char *text;
    const char *value; /* of a map's entry */
    double number;     /* ... when it is one */
    uint32_t line;
};

struct config_setting {
    const struct config_key *key;
    const char *file; /* where it stands, as it is shown */
    uint32_t line;
    struct config_item *items; /* one for single values */
    size_t n;
    long number; /* of CONFIG_NUMBER, CONFIG_SWITCH, CONFIG_WORD */
};

struct config_layer {
    const char *folder; /* absolute; what its paths are relative to */
    bool is_override;
    struct config_setting *settings[CONFIG_IDS]; /* NULL: not said */
};

struct config_file {
    const char *path; /* as it is shown */
    const char *folder;
    VEC(struct config_layer) layers;
};

/* "file:line:col: error: ..." for each mistake, up to a bound. */
struct config_errors {
    struct arena *arena;
    VEC(const char *) list;
};

/* Layers and texts live in the arena; so does the file, but for what
   config_file_release() frees. Mistakes go to `errors`. */
struct config_file *config_file_read(const char *path, const char *root,
                                     struct arena *, struct config_errors *);
void config_file_release(struct config_file *);
/* How a path is shown: relative to the working directory when it is below. */
const char *config_shown(struct arena *, const char *real);
/* Is the absolute path the folder or below? */
bool config_is_below(const char *path, const char *folder);
/* The absolute path without links, "" when there is none. */
const char *config_real(struct arena *, const char *path);

#endif
