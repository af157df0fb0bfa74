/*
 * yaml.h - a YAML file as a tree whose every node knows its place.
 *
 * What a configuration has no use for is refused: anchors, aliases and tags
 * (which make small files large), a second document, a key written twice,
 * more than YAML_DEPTH levels or YAML_NODES nodes. JSON is YAML, too.
 */
#ifndef CONFIG_YAML_H
#define CONFIG_YAML_H

#include "base/arena.h"

#define YAML_BYTES ((size_t)256 << 10)
#define YAML_DEPTH 16
#define YAML_NODES 20000

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml_node {
    enum yaml_kind kind;
    const char *text;        /* YAML_TEXT: without NUL bytes */
    bool quoted;             /* ... so that 1 and true are text */
    uint32_t line;           /* from 1 */
    uint32_t column;         /* from 1, in code points */
    struct yaml_node *first; /* entries of a list, keys of a map */
    struct yaml_node *next;
    struct yaml_node *value; /* of a key */
};

/* Why and where it could not be read. */
struct yaml_error {
    uint32_t line;
    uint32_t column;
    char message[256];
};

/*
 * The tree, in the arena. NULL with an error; an empty text gives a map
 * without keys.
 */
struct yaml_node *yaml_read(struct tl_str text, struct arena *,
                            struct yaml_error *) TL_NODISCARD;

#endif
