/*
 * config.h - which configuration governs a file, and what it says for it.
 *
 * The nearest .tusklint.yml of the file's folder and those above it counts, up
 * to the repository's root (the folder that holds .git). Without a repository
 * the working directory is the root of what lies below it; elsewhere only the
 * file's own folder is looked at. The command line wins over all of them.
 *
 * What is wrong with a configuration is collected while inputs are added; the
 * caller asks config_error_count() before it runs.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include "config/file.h"

#include <tusklint/tusklint.h>

struct config;

/* What holds for a file, the command line left aside. */
struct config_effect {
    const struct config_file *file; /* NULL: no configuration */
    const struct config_layer **layers;
    size_t n_layers; /* those that are about the file; later ones win */
};

/* `cli` are the options of the command line; `file` is read for every input
   when it is not NULL. Both must live as long. */
struct config *config_open(const struct tl_options *cli, const char *file);
void config_free(struct config *);
/* For tl_options.of_input; the argument is a struct config. */
bool config_of_input(void *config, const char *path, bool named,
                     const struct tl_options **out);
/* Reads that one for its mistakes alone. */
void config_read(struct config *, const char *file);
struct config_effect config_effect_of(struct config *, const char *path);
/* The last layer's that says it, or NULL. */
const struct config_setting *config_setting_of(const struct config_effect *,
                                               enum config_id);
/* From which severity on a finding in that file fails the run. */
enum tl_severity config_fail_on(struct config *, const char *path,
                                enum tl_severity preset);
/* The selectors that hold, in their order: the command line's come last. */
const struct tl_selector *config_selectors(struct config *,
                                           const struct config_effect *,
                                           size_t *n, bool *only_selected);
/* Of every configuration that was met: the i-th path of `schema`, or NULL. */
const char *config_schema_at(struct config *, size_t i);

size_t config_error_count(const struct config *);
const char *config_error_at(const struct config *, size_t i);

#endif
