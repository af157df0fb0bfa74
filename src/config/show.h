/*
 * show.h - configurations in words: what holds for a file, the schema of the
 * format, a file to begin with.
 */
#ifndef CONFIG_SHOW_H
#define CONFIG_SHOW_H

#include "base/buf.h"
#include "config/config.h"

/* What holds for that file, as YAML, each value with where it is said. */
void config_show(struct config *, const char *path, struct buf *out);
/* The JSON Schema (2020-12) of a configuration. */
void config_schema(struct buf *out);
/* A configuration that says nothing yet; each key stands in a comment. */
void config_starter(struct buf *out);
/* A text as a YAML scalar. */
void config_scalar(struct buf *out, const char *text);

/*
 * What a .squawk.toml says, as a configuration. Lines about what could not be
 * carried over go to `notes`.
 */
void config_from_squawk(struct tl_str toml, struct buf *out, struct buf *notes);

#endif
