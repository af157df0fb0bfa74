/*
 * config.c - what a configuration says for a file, as the engine takes it.
 */
#include "config/config.h"

#include "base/mem.h"
#include "config/find.h"
#include "config/glob.h"

#include <tusklint/plan_limits.h>

#include <string.h>

/* The layers that are about a file make its options; files that share them
   share those. */
struct combination {
    const struct config_file *file;
    const struct config_layer **layers;
    size_t n_layers;
    struct tl_options options;
};

struct config {
    struct arena arena;
    const struct tl_options *cli;
    struct config_errors errors;
    struct config_finder *finder;
    VEC(struct combination *) combinations;
    VEC(const struct config_layer *) scratch;
};

struct config *config_open(const struct tl_options *cli, const char *file)
{
    struct config *c = mem_calloc(1, sizeof(*c));

    arena_init(&c->arena, 0);
    c->cli = cli;
    c->errors.arena = &c->arena;
    c->finder = config_finder_create(&c->arena, &c->errors);
    if (file)
        config_finder_fix(c->finder, file);
    return c;
}

void config_free(struct config *c)
{
    if (!c)
        return;
    config_finder_free(c->finder);
    vec_release(&c->errors.list);
    vec_release(&c->combinations);
    vec_release(&c->scratch);
    arena_release(&c->arena);
    mem_free(c);
}

void config_read(struct config *c, const char *file)
{
    config_finder_read(c->finder, file);
}

/* ---- which layers ---- */

/* The path as the layer sees it, or NULL when it lies elsewhere. */
static const char *seen_from(const char *folder, const char *real)
{
    size_t n = strlen(folder);

    if (!config_is_below(real, folder) || !real[n])
        return NULL;
    return n == 1 ? real + 1 : real + n + 1;
}

static bool any_matches(const struct config_setting *s, const char *folder,
                        const char *real)
{
    const char *path = seen_from(folder, real);

    for (size_t i = 0; path && s && i < s->n; i++)
        if (glob_matches(s->items[i].text, path))
            return true;
    return false;
}

static const char *real_path(struct config *c, const struct config_folder *f,
                             const char *path)
{
    const char *slash = strrchr(path, '/');

    return arena_printf(&c->arena, "%s/%s", f->real[1] ? f->real : "",
                        slash ? slash + 1 : path)
        .p;
}

/* Asked for each file: its own path is forgotten again. */
static void pick_layers(struct config *c, const struct config_folder *folder,
                        const char *path)
{
    const struct config_file *file = folder->file;
    struct arena_mark mark = arena_mark(&c->arena);
    const char *real = real_path(c, folder, path);

    vec_clear(&c->scratch);
    for (size_t i = 0; file && i < file->layers.n; i++) {
        const struct config_layer *l = &file->layers.v[i];

        if (!l->is_override ||
            any_matches(l->settings[CONFIG_FILES], l->folder, real))
            vec_push(&c->scratch, l);
    }
    arena_pop(&c->arena, mark);
}

struct config_effect config_effect_of(struct config *c, const char *path)
{
    const struct config_folder *folder = config_find(c->finder, path);

    pick_layers(c, folder, path);
    struct config_effect e = {folder->file, NULL, c->scratch.n};
    e.layers =
        ARENA_ARRAY(&c->arena, const struct config_layer *, e.n_layers + 1);
    for (size_t i = 0; i < e.n_layers; i++)
        e.layers[i] = c->scratch.v[i];
    return e;
}

const struct config_setting *config_setting_of(const struct config_effect *e,
                                               enum config_id id)
{
    for (size_t i = e->n_layers; i > 0; i--)
        if (e->layers[i - 1]->settings[id])
            return e->layers[i - 1]->settings[id];
    return NULL;
}

/* ---- selectors ---- */

struct selection {
    VEC(struct tl_selector) list;
    bool only_selected;
};

/* What was said about being on is forgotten; severities stay for those rules
   that are selected now. */
static void start_anew(struct selection *s)
{
    size_t kept = 0;

    for (size_t i = 0; i < s->list.n; i++) {
        struct tl_selector one = s->list.v[i];

        if (one.keep_severity || one.severity == TL_OFF)
            continue;
        one.only_level = true;
        s->list.v[kept++] = one;
    }
    s->list.n = kept;
    s->only_selected = true;
}

static void add_rules(struct selection *s, const struct config_setting *from,
                      struct tl_selector like)
{
    for (size_t i = 0; from && i < from->n; i++) {
        like.rule = from->items[i].text;
        if (from->key->type == CONFIG_LEVELS)
            like.severity = (enum tl_severity)from->items[i].number;
        vec_push(&s->list, like);
    }
}

static void add_layer(struct selection *s, const struct config_layer *l)
{
    if (l->settings[CONFIG_SELECT])
        start_anew(s);
    add_rules(s, l->settings[CONFIG_SELECT],
              (struct tl_selector){.keep_severity = true});
    add_rules(s, l->settings[CONFIG_IGNORE], (struct tl_selector){0});
    add_rules(s, l->settings[CONFIG_SEVERITY], (struct tl_selector){0});
}

const struct tl_selector *config_selectors(struct config *c,
                                           const struct config_effect *e,
                                           size_t *n, bool *only_selected)
{
    struct selection s = {.list = VEC_INIT};

    for (size_t i = 0; i < e->n_layers; i++)
        add_layer(&s, e->layers[i]);
    if (c->cli->only_selected)
        start_anew(&s);
    for (size_t i = 0; i < c->cli->n_selectors; i++)
        vec_push(&s.list, c->cli->selectors[i]);
    *n = s.list.n;
    *only_selected = s.only_selected;
    struct tl_selector *out =
        ARENA_ARRAY(&c->arena, struct tl_selector, s.list.n + 1);
    for (size_t i = 0; i < s.list.n; i++)
        out[i] = s.list.v[i];
    vec_release(&s.list);
    return out;
}

/* ---- options ---- */

/* The presets with what the layers say; NULL when they say nothing. */
static const double *limits_of(struct config *c, const struct config_effect *e)
{
    if (!config_setting_of(e, CONFIG_PLAN))
        return NULL;
    double *list = ARENA_ARRAY(&c->arena, double, TL_PLAN_LIMIT_COUNT);
    for (unsigned i = 0; i < TL_PLAN_LIMIT_COUNT; i++)
        list[i] = tl_limit_info((enum tl_plan_limit)i)->preset;
    for (size_t i = 0; i < e->n_layers; i++) {
        const struct config_setting *s = e->layers[i]->settings[CONFIG_PLAN];

        for (size_t k = 0; s && k < s->n; k++)
            list[config_limit_number(s->items[k].text)] = s->items[k].number;
    }
    return list;
}

static void fill_options(struct config *c, const struct config_effect *e,
                         struct tl_options *out)
{
    const struct config_setting *version =
        config_setting_of(e, CONFIG_PG_VERSION);
    const struct config_setting *wrapped =
        config_setting_of(e, CONFIG_IN_TRANSACTION);
    const struct config_setting *prefix =
        config_setting_of(e, CONFIG_LOG_LINE_PREFIX);

    *out = *c->cli;
    out->selectors =
        config_selectors(c, e, &out->n_selectors, &out->only_selected);
    out->limits = limits_of(c, e);
    if (!out->pg_version && version)
        out->pg_version = (int)version->number;
    if (!out->assume_in_transaction && wrapped)
        out->assume_in_transaction = wrapped->number > 0;
    if (!out->log_line_prefix && prefix && prefix->n)
        out->log_line_prefix = prefix->items[0].text;
}

static struct combination *find_combination(const struct config *c,
                                            const struct config_file *file)
{
    size_t n = c->scratch.n;

    for (size_t i = c->combinations.n; i > 0; i--) {
        struct combination *k = c->combinations.v[i - 1];

        if (k->file == file && k->n_layers == n &&
            (n == 0 ||
             memcmp(k->layers, c->scratch.v, n * sizeof(k->layers[0])) == 0))
            return k;
    }
    return NULL;
}

static struct combination *combination_of(struct config *c, const char *path)
{
    const struct config_folder *folder = config_find(c->finder, path);

    pick_layers(c, folder, path);
    struct combination *k = find_combination(c, folder->file);
    if (k)
        return k;
    struct config_effect e = config_effect_of(c, path);
    k = ARENA_NEW(&c->arena, struct combination);
    k->file = e.file;
    k->layers = e.layers;
    k->n_layers = e.n_layers;
    fill_options(c, &e, &k->options);
    vec_push(&c->combinations, k);
    return k;
}

static const struct config_layer *layer_with(const struct combination *k,
                                             enum config_id id)
{
    for (size_t i = k->n_layers; i > 0; i--)
        if (k->layers[i - 1]->settings[id])
            return k->layers[i - 1];
    return NULL;
}

/* Whether the file is to be read at all. */
static bool is_wanted(struct config *c, const struct combination *k,
                      const char *path, bool named)
{
    const struct config_layer *in =
        named ? NULL : layer_with(k, CONFIG_INCLUDE);
    const struct config_layer *out = layer_with(k, CONFIG_EXCLUDE);

    if (!in && !out)
        return true;
    const struct config_folder *folder = config_find(c->finder, path);
    struct arena_mark mark = arena_mark(&c->arena);
    const char *real = real_path(c, folder, path);
    bool wanted =
        (!in || any_matches(in->settings[CONFIG_INCLUDE], in->folder, real)) &&
        !(out && any_matches(out->settings[CONFIG_EXCLUDE], out->folder, real));
    arena_pop(&c->arena, mark);
    return wanted;
}

bool config_of_input(void *config, const char *path, bool named,
                     const struct tl_options **out)
{
    struct config *c = config;

    if (!config_find(c->finder, path)->file)
        return true;
    const struct combination *k = combination_of(c, path);
    if (!is_wanted(c, k, path, named))
        return false;
    *out = &k->options;
    return true;
}

enum tl_severity config_fail_on(struct config *c, const char *path,
                                enum tl_severity preset)
{
    if (!config_find(c->finder, path)->file)
        return preset;
    const struct config_layer *l =
        layer_with(combination_of(c, path), CONFIG_FAIL_ON);
    return l ? (enum tl_severity)l->settings[CONFIG_FAIL_ON]->number : preset;
}

const char *config_schema_at(struct config *c, size_t i)
{
    for (size_t f = 0; f < config_file_count(c->finder); f++) {
        const struct config_file *file = config_file_at(c->finder, f);
        const struct config_setting *s = NULL;

        for (size_t k = 0; k < file->layers.n; k++)
            if (file->layers.v[k].settings[CONFIG_SCHEMA])
                s = file->layers.v[k].settings[CONFIG_SCHEMA];
        if (s && i < s->n)
            return config_shown(&c->arena, s->items[i].text);
        i -= s ? s->n : 0;
    }
    return NULL;
}

size_t config_error_count(const struct config *c)
{
    return c->errors.list.n;
}

const char *config_error_at(const struct config *c, size_t i)
{
    return c->errors.list.v[i];
}
