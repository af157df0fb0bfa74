/*
 * yaml.c - libyaml's events made a tree.
 */
#include "config/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

struct reader {
    yaml_parser_t parser;
    struct arena *arena;
    struct yaml_error *error;
    unsigned depth;
    unsigned nodes;
};

static bool fail(struct reader *r, yaml_mark_t at, const char *fmt, ...)
    TL_PRINTF(3, 4);
static bool fail(struct reader *r, yaml_mark_t at, const char *fmt, ...)
{
    va_list ap;

    r->error->line = (uint32_t)at.line + 1;
    r->error->column = (uint32_t)at.column + 1;
    va_start(ap, fmt);
    vsnprintf(r->error->message, sizeof(r->error->message), fmt, ap);
    va_end(ap);
    return false;
}

static bool next_event(struct reader *r, yaml_event_t *event)
{
    if (yaml_parser_parse(&r->parser, event))
        return true;
    yaml_mark_t at = r->parser.problem_mark;
    const char *problem = r->parser.problem;

    return fail(r, at, "it is not YAML: %s", problem ? problem : "unreadable");
}

static const char *refused(const yaml_event_t *e)
{
    const yaml_char_t *anchor = NULL;
    const yaml_char_t *tag = NULL;

    if (e->type == YAML_ALIAS_EVENT)
        return "an alias is not taken here; write the value out";
    if (e->type == YAML_SCALAR_EVENT) {
        anchor = e->data.scalar.anchor;
        tag = e->data.scalar.tag;
    } else if (e->type == YAML_SEQUENCE_START_EVENT) {
        anchor = e->data.sequence_start.anchor;
        tag = e->data.sequence_start.tag;
    } else if (e->type == YAML_MAPPING_START_EVENT) {
        anchor = e->data.mapping_start.anchor;
        tag = e->data.mapping_start.tag;
    }
    if (anchor)
        return "an anchor is not taken here";
    return tag ? "a tag is not taken here" : NULL;
}

static struct yaml_node *new_node(struct reader *r, const yaml_event_t *e)
{
    const char *why = refused(e);

    if (!why && e->type == YAML_SCALAR_EVENT &&
        memchr(e->data.scalar.value, 0, e->data.scalar.length))
        why = "a text holds no NUL";
    if (!why && ++r->nodes > YAML_NODES)
        why = "there is too much in this file";
    if (why) {
        fail(r, e->start_mark, "%s", why);
        return NULL;
    }
    struct yaml_node *n = ARENA_NEW(r->arena, struct yaml_node);
    n->line = (uint32_t)e->start_mark.line + 1;
    n->column = (uint32_t)e->start_mark.column + 1;
    if (e->type == YAML_SCALAR_EVENT) {
        n->text = arena_strdup(r->arena, (const char *)e->data.scalar.value);
        n->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    }
    return n;
}

static struct yaml_node *read_node(struct reader *r, yaml_event_t *e);

static bool read_list(struct reader *r, struct yaml_node *list)
{
    struct yaml_node **tail = &list->first;
    yaml_event_t e;

    while (next_event(r, &e)) {
        if (e.type == YAML_SEQUENCE_END_EVENT) {
            yaml_event_delete(&e);
            return true;
        }
        *tail = read_node(r, &e);
        if (!*tail)
            return false;
        tail = &(*tail)->next;
    }
    return false;
}

static bool is_new_key(struct reader *r, const struct yaml_node *map,
                       const struct yaml_node *key)
{
    yaml_mark_t at = {.line = key->line - 1, .column = key->column - 1};

    if (key->kind != YAML_TEXT)
        return fail(r, at, "a key is a word");
    for (const struct yaml_node *k = map->first; k != key; k = k->next)
        if (strcmp(k->text, key->text) == 0)
            return fail(r, at, "'%.64s' is there already, in line %u",
                        key->text, k->line);
    return true;
}

static bool read_map(struct reader *r, struct yaml_node *map)
{
    struct yaml_node **tail = &map->first;
    yaml_event_t e;

    while (next_event(r, &e)) {
        if (e.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&e);
            return true;
        }
        struct yaml_node *key = *tail = read_node(r, &e);
        if (!key || !is_new_key(r, map, key) || !next_event(r, &e))
            return false;
        key->value = read_node(r, &e);
        if (!key->value)
            return false;
        tail = &key->next;
    }
    return false;
}

/* Takes the event over. */
static struct yaml_node *read_node(struct reader *r, yaml_event_t *e)
{
    struct yaml_node *n = new_node(r, e);
    yaml_event_type_t type = e->type;
    yaml_mark_t at = e->start_mark;

    yaml_event_delete(e);
    if (!n || type == YAML_SCALAR_EVENT)
        return n;
    if (r->depth == YAML_DEPTH) {
        fail(r, at, "this is nested too deeply");
        return NULL;
    }
    r->depth++;
    n->kind = type == YAML_MAPPING_START_EVENT ? YAML_MAP : YAML_LIST;
    bool ok = n->kind == YAML_MAP ? read_map(r, n) : read_list(r, n);
    r->depth--;
    return ok ? n : NULL;
}

/* Stream and document begin; the root; both end. */
static struct yaml_node *read_stream(struct reader *r)
{
    struct yaml_node *root = NULL;
    yaml_event_t e;

    for (;;) {
        if (!next_event(r, &e))
            return NULL;
        yaml_event_type_t type = e.type;
        yaml_mark_t at = e.start_mark;

        switch (type) {
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            yaml_event_delete(&e);
            break;
        case YAML_STREAM_END_EVENT:
            yaml_event_delete(&e);
            return root ? root : ARENA_NEW(r->arena, struct yaml_node);
        case YAML_DOCUMENT_START_EVENT:
            yaml_event_delete(&e);
            if (!root)
                break;
            fail(r, at, "a second document begins");
            return NULL;
        default:
            root = read_node(r, &e);
            if (!root)
                return NULL;
            break;
        }
    }
}

struct yaml_node *yaml_read(struct tl_str text, struct arena *arena,
                            struct yaml_error *error)
{
    struct reader r = {.arena = arena, .error = error};
    yaml_mark_t begin = {0};

    if (text.n > YAML_BYTES) {
        fail(&r, begin, "a configuration has at most %zu KiB",
             YAML_BYTES >> 10);
        return NULL;
    }
    if (!yaml_parser_initialize(&r.parser)) {
        fail(&r, begin, "no memory");
        return NULL;
    }
    yaml_parser_set_input_string(
        &r.parser, (const unsigned char *)(text.p ? text.p : ""), text.n);
    struct yaml_node *root = read_stream(&r);
    yaml_parser_delete(&r.parser);
    /* Nothing but comments, or an empty value, is an empty map. */
    if (root && root->kind == YAML_TEXT &&
        (!root->text || (!*root->text && !root->quoted))) {
        root->kind = YAML_MAP;
        root->line = root->column = 1;
    }
    return root;
}
