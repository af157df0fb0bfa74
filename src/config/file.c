/*
 * file.c - a configuration's tree made typed settings.
 */
#include "config/file.h"

#include "base/file.h"
#include "config/glob.h"
#include "config/yaml.h"
#include "lint/select.h"
#include "lint/suggest.h"

#include <tusklint/plan_limits.h>

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ERRORS 50
#define MAX_EXTENDS 8
#define MAX_LAYERS 512

struct read {
    struct config_file *out;
    struct arena *arena;
    struct config_errors *errors;
    const char *root;
    const char *shown;  /* the file at hand */
    const char *folder; /* its folder */
    const char *chain[MAX_EXTENDS];
    unsigned depth;
};

static void mistake(struct read *r, uint32_t line, uint32_t column,
                    const char *fmt, ...) TL_PRINTF(4, 5);
static void mistake(struct read *r, uint32_t line, uint32_t column,
                    const char *fmt, ...)
{
    va_list ap;

    if (r->errors->list.n == MAX_ERRORS)
        return;
    va_start(ap, fmt);
    struct tl_str text = arena_vprintf(r->arena, fmt, ap);
    va_end(ap);
    const char *message = arena_printf(r->arena, "%s:%u:%u: error: %.*s",
                                       r->shown, line, column, TL_FMT(text))
                              .p;
    vec_push(&r->errors->list, message);
}

#define MISTAKE(r, node, ...)                                                  \
    mistake((r), (node)->line, (node)->column, __VA_ARGS__)

/* "; did you mean 'x'?" or what is known instead. */
static const char *meant(struct read *r, struct tl_str near,
                         const char *otherwise)
{
    if (!near.n)
        return otherwise;
    return arena_printf(r->arena, "; did you mean '%.*s'?", TL_FMT(near)).p;
}

static struct tl_str near_word(const char *words, const char *asked)
{
    struct tl_str nearest = TL_NONE;
    unsigned best = 0;

    for (const char *w = words; *w;) {
        size_t n = strcspn(w, " ");

        suggest_consider(tl_str_c(asked), (struct tl_str){w, n}, &nearest,
                         &best);
        w += n + (w[n] == ' ');
    }
    return nearest;
}

/* ---- paths ---- */

const char *config_real(struct arena *a, const char *path)
{
    char real[PATH_MAX];

    return realpath(path, real) ? arena_strdup(a, real) : "";
}

bool config_is_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);

    if (n == 1)
        return path[0] == '/';
    return strncmp(path, folder, n) == 0 && (path[n] == '/' || !path[n]);
}

const char *config_shown(struct arena *a, const char *real)
{
    const char *here = config_real(a, ".");
    size_t n = strlen(here);

    if (!*here || !config_is_below(real, here))
        return real;
    if (!real[n])
        return ".";
    return real + n + (n > 1);
}

/* The absolute path of what a configuration names; NULL with a mistake. */
static const char *resolve(struct read *r, const struct yaml_node *node)
{
    const char *path = node->text;

    if (!*path) {
        MISTAKE(r, node, "a path is not empty");
        return NULL;
    }
    if (path[0] == '/') {
        MISTAKE(r, node,
                "'%s': a path is relative to the configuration's folder", path);
        return NULL;
    }
    const char *joined = arena_printf(r->arena, "%s/%s", r->folder, path).p;
    const char *real = config_real(r->arena, joined);
    if (!*real) {
        MISTAKE(r, node, "'%s': there is no such file", path);
        return NULL;
    }
    if (!config_is_below(real, r->root)) {
        MISTAKE(r, node, "'%s' leads out of what a configuration may reach",
                path);
        return NULL;
    }
    return real;
}

/* A file that need not exist, in a folder that does. */
static const char *resolve_new(struct read *r, const struct yaml_node *node)
{
    const char *slash = strrchr(node->text, '/');
    const char *name = slash ? slash + 1 : node->text;
    struct yaml_node folder = *node;

    if (file_is_regular(
            arena_printf(r->arena, "%s/%s", r->folder, node->text).p))
        return resolve(r, node);
    if (!*name || node->text[0] == '/' || strcmp(name, "..") == 0)
        return resolve(r, node);
    folder.text =
        slash
            ? arena_str(r->arena, (struct tl_str){node->text,
                                                  (size_t)(slash - node->text)})
                  .p
            : ".";
    const char *real = resolve(r, &folder);
    return real ? arena_printf(r->arena, "%s/%s", real, name).p : NULL;
}

/* ---- values ---- */

static bool take_rule(struct read *r, const struct yaml_node *node)
{
    struct tl_str name = tl_str_c(node->text);

    if (select_is_known(name))
        return true;
    MISTAKE(r, node, "no rule is named '%s'%s", node->text,
            meant(r, select_suggest(name), "; `tusklint rules` lists them"));
    return false;
}

static bool take_glob(struct read *r, struct yaml_node *node)
{
    while (node->text[0] == '.' && node->text[1] == '/')
        node->text += 2;
    const char *problem = glob_problem(node->text);
    if (problem)
        MISTAKE(r, node, "'%s': %s", node->text, problem);
    return !problem;
}

/* Sets the item's text to what the value means; false with a mistake. */
static bool take_entry(struct read *r, const struct config_key *k,
                       struct yaml_node *node, struct config_item *item)
{
    if (node->kind != YAML_TEXT) {
        MISTAKE(r, node, "%s: a word is wanted here", k->name);
        return false;
    }
    item->text = node->text;
    item->line = node->line;
    switch (k->type) {
    case CONFIG_RULES:
        return take_rule(r, node);
    case CONFIG_GLOBS:
        if (!take_glob(r, node))
            return false;
        item->text = node->text;
        return true;
    case CONFIG_PATHS:
        item->text = resolve(r, node);
        return item->text != NULL;
    default:
        return true;
    }
}

/* A list, or one that stands for a list of one. */
static void take_list(struct read *r, struct config_setting *s,
                      struct yaml_node *value)
{
    struct yaml_node *first = value->kind == YAML_LIST ? value->first : value;
    size_t n = 0;

    if (value->kind == YAML_MAP ||
        (value->kind == YAML_TEXT && !*value->text)) {
        MISTAKE(r, value, "%s: a list is wanted, as in %s", s->key->name,
                s->key->example ? s->key->example : "[db/seeds/**]");
        return;
    }
    for (struct yaml_node *e = first; e; e = e->next)
        n++;
    s->items = ARENA_ARRAY(r->arena, struct config_item, n + 1);
    for (struct yaml_node *e = first; e;
         e = value->kind == YAML_LIST ? e->next : NULL)
        s->n += take_entry(r, s->key, e, &s->items[s->n]);
}

static bool take_level(struct read *r, const struct config_key *k,
                       const struct yaml_node *key, struct config_item *item)
{
    const struct yaml_node *value = key->value;

    if (!take_rule(r, key))
        return false;
    const char *word = value->kind == YAML_TEXT ? value->text : "";
    if (config_word_number(k->words, word) < 0) {
        MISTAKE(r, value, "%s: error, warning, note or off is wanted%s",
                key->text, meant(r, near_word(k->words, word), ""));
        return false;
    }
    item->value = value->text;
    item->number = config_word_number(k->words, word);
    return true;
}

static struct tl_str near_limit(const char *name)
{
    struct tl_str nearest = TL_NONE;
    unsigned best = 0;

    for (unsigned i = 0; i < TL_PLAN_LIMIT_COUNT; i++)
        suggest_consider(tl_str_c(name),
                         tl_str_c(tl_limit_info((enum tl_plan_limit)i)->name),
                         &nearest, &best);
    return nearest;
}

/* Digits with one point, not quoted. */
static bool decimal(const struct yaml_node *node, double *out)
{
    const char *text = node->text;

    if (node->kind != YAML_TEXT || node->quoted || strlen(text) > 18 ||
        strspn(text, "0123456789.") != strlen(text) || text[0] == '.' ||
        !*text || text[strlen(text) - 1] == '.')
        return false;
    const char *point = strchr(text, '.');
    *out = strtod(text, NULL);
    return !point || !strchr(point + 1, '.');
}

static bool take_limit(struct read *r, const struct yaml_node *key,
                       struct config_item *item)
{
    const struct yaml_node *value = key->value;
    int which = config_limit_number(key->text);

    if (which < 0) {
        MISTAKE(r, key, "there is no limit '%s'%s", key->text,
                meant(r, near_limit(key->text),
                      "; `tusklint config schema` lists them"));
        return false;
    }
    double most = tl_limit_info((enum tl_plan_limit)which)->most;
    item->value = value->text;
    if (decimal(value, &item->number) && (most <= 0 || item->number <= most))
        return true;
    if (most > 0)
        MISTAKE(r, value, "%s: a number from 0 to %g is wanted", key->text,
                most);
    else
        MISTAKE(r, value, "%s: a number from 0 on is wanted", key->text);
    return false;
}

static bool take_plan(struct read *r, const struct yaml_node *key,
                      struct config_item *item)
{
    const struct yaml_node *value = key->value;
    struct tl_plan_expectation x = {
        .sql = key->text, .terms = value->kind == YAML_TEXT ? value->text : ""};
    struct tl_error error;

    item->value = x.terms;
    if (tl_check_plan_expectation(&x, &error))
        return true;
    MISTAKE(r, value, "%s", error.message);
    return false;
}

static bool take_pair(struct read *r, const struct config_key *k,
                      const struct yaml_node *key, struct config_item *item)
{
    switch (k->type) {
    case CONFIG_LIMITS:
        return take_limit(r, key, item);
    case CONFIG_PLANS:
        return take_plan(r, key, item);
    default:
        return take_level(r, k, key, item);
    }
}

static void take_map(struct read *r, struct config_setting *s,
                     struct yaml_node *value)
{
    size_t n = 0;

    if (value->kind != YAML_MAP) {
        MISTAKE(r, value, "%s: names with values are wanted, as in %s",
                s->key->name, s->key->example);
        return;
    }
    for (struct yaml_node *k = value->first; k; k = k->next)
        n++;
    s->items = ARENA_ARRAY(r->arena, struct config_item, n + 1);
    for (struct yaml_node *k = value->first; k; k = k->next) {
        struct config_item *item = &s->items[s->n];

        *item = (struct config_item){.text = k->text, .line = k->line};
        s->n += take_pair(r, s->key, k, item);
    }
}

/* "a b c" as "a, b, c". */
static const char *with_commas(struct read *r, const char *words)
{
    struct tl_str out = TL_STR("");

    for (const char *w = words; *w;) {
        size_t n = strcspn(w, " ");

        out = arena_printf(r->arena, "%.*s%s%.*s", TL_FMT(out),
                           out.n ? ", " : "", (int)n, w);
        w += n + (w[n] == ' ');
    }
    return out.p;
}

/* A whole number that is not quoted. */
static bool whole(const struct yaml_node *node, long *out)
{
    char *end;

    if (node->kind != YAML_TEXT || node->quoted || !*node->text ||
        strspn(node->text, "0123456789") != strlen(node->text))
        return false;
    *out = strtol(node->text, &end, 10);
    return !*end && strlen(node->text) < 10;
}

static bool take_single(struct read *r, struct config_setting *s,
                        const struct yaml_node *value)
{
    const struct config_key *k = s->key;
    const char *text = value->kind == YAML_TEXT ? value->text : "";

    switch (k->type) {
    case CONFIG_NUMBER:
        if (whole(value, &s->number) && s->number >= k->low &&
            s->number <= k->high)
            return true;
        MISTAKE(r, value, "%s: a number from %ld to %ld is wanted", k->name,
                k->low, k->high);
        return false;
    case CONFIG_SWITCH:
        s->number = config_word_number("false true", text);
        if (s->number >= 0 && !value->quoted)
            return true;
        MISTAKE(r, value, "%s: true or false is wanted", k->name);
        return false;
    case CONFIG_WORD:
        s->number = config_word_number(k->words, text);
        if (s->number >= 0)
            return true;
        MISTAKE(r, value, "%s: one of %s is wanted%s", k->name,
                with_commas(r, k->words),
                meant(r, near_word(k->words, text), ""));
        return false;
    case CONFIG_PREFIX:
        if (value->kind == YAML_TEXT && tl_check_log_line_prefix(text))
            return true;
        MISTAKE(r, value, "%s: not a log_line_prefix", k->name);
        return false;
    default:
        if (*text)
            return true;
        MISTAKE(r, value, "%s: a text is wanted, as in %s", k->name,
                k->example);
        return false;
    }
}

static void take_one(struct read *r, struct config_setting *s,
                     struct yaml_node *value)
{
    if (!take_single(r, s, value))
        return;
    s->items = ARENA_NEW(r->arena, struct config_item);
    s->items->text = value->text;
    s->items->line = value->line;
    if (s->key->type == CONFIG_PATH)
        s->items->text = resolve_new(r, value);
    s->n = s->items->text != NULL;
}

/* ---- layers ---- */

static struct config_setting *
take_setting(struct read *r, const struct config_key *k, struct yaml_node *key)
{
    struct config_setting *s = ARENA_NEW(r->arena, struct config_setting);

    s->key = k;
    s->file = r->shown;
    s->line = key->line;
    switch (k->type) {
    case CONFIG_RULES:
    case CONFIG_PATHS:
    case CONFIG_GLOBS:
        take_list(r, s, key->value);
        break;
    case CONFIG_LEVELS:
    case CONFIG_LIMITS:
    case CONFIG_PLANS:
        take_map(r, s, key->value);
        break;
    default:
        take_one(r, s, key->value);
        break;
    }
    return s;
}

static void unknown_key(struct read *r, const struct yaml_node *key,
                        unsigned where)
{
    const char *name = key->text;
    struct tl_str near = config_key_suggest(name, where);

    if (config_key_find(name, CONFIG_TOP | CONFIG_ENTRY))
        MISTAKE(r, key, "'%s' has no place %s", name,
                where == CONFIG_TOP ? "here, but in an entry of overrides"
                                    : "in overrides: it is the same for all "
                                      "files");
    else
        MISTAKE(r, key, "unknown key '%s'%s", name,
                meant(r, near, "; `tusklint config schema` lists them"));
}

static struct config_layer take_layer(struct read *r, struct yaml_node *map,
                                      unsigned where)
{
    struct config_layer layer = {.folder = r->folder,
                                 .is_override = where == CONFIG_ENTRY};

    for (struct yaml_node *key = map->first; key; key = key->next) {
        const struct config_key *k = config_key_find(key->text, where);

        if (!k)
            unknown_key(r, key, where);
        else if (k->type != CONFIG_ENTRIES)
            layer.settings[config_key_id(k)] = take_setting(r, k, key);
    }
    return layer;
}

static struct yaml_node *value_of(const struct yaml_node *map,
                                  enum config_id id)
{
    for (struct yaml_node *k = map->first; k; k = k->next)
        if (strcmp(k->text, config_key_at(id)->name) == 0)
            return k->value;
    return NULL;
}

static void push_layer(struct read *r, const struct yaml_node *at,
                       struct config_layer layer)
{
    if (r->out->layers.n == MAX_LAYERS)
        MISTAKE(r, at, "there are more than %d overrides", MAX_LAYERS);
    if (r->out->layers.n <= MAX_LAYERS)
        vec_push(&r->out->layers, layer);
}

static void take_overrides(struct read *r, const struct yaml_node *map)
{
    struct yaml_node *list = value_of(map, CONFIG_OVERRIDES);

    if (list && list->kind != YAML_LIST) {
        MISTAKE(r, list, "overrides: a list of entries is wanted");
        return;
    }
    for (struct yaml_node *e = list ? list->first : NULL; e; e = e->next) {
        if (e->kind != YAML_MAP || !value_of(e, CONFIG_FILES)) {
            MISTAKE(r, e,
                    "an entry of overrides names its files, as in "
                    "files: [db/seeds/**]");
            continue;
        }
        push_layer(r, e, take_layer(r, e, CONFIG_ENTRY));
    }
}

static void take_file(struct read *r, const char *real);

static void take_extended(struct read *r, const struct yaml_node *map)
{
    const struct yaml_node *value = value_of(map, CONFIG_EXTENDS);
    const struct yaml_node *e = value;

    if (value && value->kind == YAML_LIST)
        e = value->first;
    for (; e; e = e == value ? NULL : e->next) {
        struct read inner = *r;
        size_t errors = r->errors->list.n;
        const char *real = e->kind == YAML_TEXT ? resolve(r, e) : NULL;
        bool again = false;

        for (unsigned i = 0; real && i < r->depth; i++)
            again |= strcmp(r->chain[i], real) == 0;
        /* What is wrong with the path is told when the key is taken. */
        r->errors->list.n = errors;
        if (again)
            MISTAKE(r, e, "'%s' extends itself", e->text);
        else if (r->depth == MAX_EXTENDS)
            MISTAKE(r, e, "more than %d configurations extend each other",
                    MAX_EXTENDS);
        else if (real)
            take_file(&inner, real);
    }
}

static const char *folder_of(struct arena *a, const char *real)
{
    const char *slash = strrchr(real, '/');
    size_t n = slash > real ? (size_t)(slash - real) : 1;

    return arena_str(a, (struct tl_str){real, n}).p;
}

static void take_root(struct read *r, struct yaml_node *root)
{
    if (root->kind != YAML_MAP) {
        MISTAKE(r, root, "keys with values are wanted, as in fail-on: error");
        return;
    }
    take_extended(r, root);
    push_layer(r, root, take_layer(r, root, CONFIG_TOP));
    take_overrides(r, root);
}

static void take_file(struct read *r, const char *real)
{
    struct yaml_error error;
    struct file file;
    struct err err;

    r->chain[r->depth++] = real;
    r->shown = config_shown(r->arena, real);
    r->folder = folder_of(r->arena, real);
    if (!file_is_regular(real)) {
        mistake(r, 1, 1, "it is no file");
        return;
    }
    if (!file_read(&file, real, YAML_BYTES, &err)) {
        mistake(r, 1, 1, "%s", err.message);
        return;
    }
    struct yaml_node *root = yaml_read(file.text, r->arena, &error);
    if (root)
        take_root(r, root);
    else
        mistake(r, error.line, error.column, "%s", error.message);
    file_release(&file);
}

struct config_file *config_file_read(const char *path, const char *root,
                                     struct arena *a,
                                     struct config_errors *errors)
{
    struct config_file *out = ARENA_NEW(a, struct config_file);
    struct read r = {.out = out, .arena = a, .errors = errors, .root = root};
    const char *real = config_real(a, path);
    int why = errno;

    out->path = r.shown = config_shown(a, path);
    if (!*real)
        mistake(&r, 1, 1, "it cannot be read: %s", strerror(why));
    else if (!config_is_below(real, root))
        mistake(&r, 1, 1, "it is a link that leads out of %s",
                config_shown(a, root));
    else
        take_file(&r, real);
    out->folder = *real ? folder_of(a, real) : root;
    return out;
}

void config_file_release(struct config_file *f)
{
    vec_release(&f->layers);
}
