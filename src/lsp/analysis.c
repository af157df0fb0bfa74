/*
 * analysis.c - one run over a document and the history that it is part of.
 *
 * Paths are relative to the workspace's folder, as they are on the command
 * line, and so is what rules look up on the disk: the process changes there.
 */
#include "lsp/analysis.h"

#include "base/xxh.h"
#include "config/config.h"
#include "report/sanitize.h"

#include <tusklint/place.h>

#include <string.h>
#include <unistd.h>

/* Bytes of statements kept: edits of a history leave old ones behind. */
#define MAX_MEMO ((size_t)256 << 20)

/* The one place where a document's options are made: the command line's, and
   what the configurations around it say. */
static struct tl_options options_of(const struct session *s, struct analysis *a)
{
    struct tl_options options = *s->options->lint;

    options.memo = s->memo;
    /* What is left to parse then is less than threads cost. */
    if (tl_memo_bytes(s->memo) > 0)
        options.threads = 1;
    if (s->options->no_config)
        return options;
    a->config = config_open(s->options->lint, s->options->config_file);
    options.of_input = config_of_input;
    options.of_input_arg = a->config;
    return options;
}

/* What configurations name as the schema. */
static void add_schemas(struct analysis *a)
{
    const char *schema;

    for (size_t i = 0;
         a->config && (schema = config_schema_at(a->config, i)) != NULL; i++)
        tl_add_path(a->linter, schema, TL_AS_AUTO, true);
}

void analysis_free(struct analysis *a)
{
    if (!a)
        return;
    tl_close(a->linter);
    if (a->config)
        config_free(a->config);
    text_release(&a->text);
    arena_release(&a->arena);
    mem_free(a);
}

/* Texts of a history go away: runs that point into them go first. */
static void drop_analyses(void *arg)
{
    struct session *s = arg;

    for (size_t i = 0; i < s->documents.n; i++) {
        analysis_free(s->documents.v[i]->analysis);
        s->documents.v[i]->analysis = NULL;
    }
    session_changed(s);
}

static const struct document *
open_at(const struct session *s, const struct document *like, const char *path)
{
    for (size_t i = 0; i < s->documents.n; i++)
        if (s->documents.v[i]->root == like->root &&
            strcmp(s->documents.v[i]->path, path) == 0)
            return s->documents.v[i];
    return NULL;
}

/* The document's history, NULL when it has none; its folder, as reports name
   it, in the arena: ".", where paths are relative and it is the root. */
static struct history *history_around(struct session *s,
                                      const struct document *d,
                                      struct arena *arena, const char **folder)
{
    struct buf full;
    bool nested;
    size_t n;

    if (!d->on_disk || !tl_history_folder(d->path, &n, &nested))
        return NULL;
    /* Without the last slash, if that is not all. */
    struct tl_str name = {d->path, n > 1 ? n - 1 : n};
    *folder = n ? arena_str(arena, name).p : ".";
    buf_init(&full, 0);
    session_full_path(d, *folder, &full);
    struct history *h = history_of(&s->histories, full.p, nested);
    buf_release(&full);
    return h;
}

static const char *path_in(struct analysis *a, const char *folder,
                           const char *name)
{
    if (strcmp(folder, ".") == 0)
        return name;
    return arena_printf(&a->arena, "%s/%s",
                        strcmp(folder, "/") == 0 ? "" : folder, name)
        .p;
}

/* Files of the folder, as open documents have them. */
static void add_history(struct session *s, struct document *d,
                        struct analysis *a)
{
    const char *folder;
    const struct history *h = history_around(s, d, &a->arena, &folder);

    for (size_t i = 0; h && i < h->files.n; i++) {
        const char *path = path_in(a, folder, h->files.v[i].name);
        const struct document *open = open_at(s, d, path);

        if (open != d)
            tl_add_history_text(a->linter, path, folder,
                                open ? arena_str(&a->arena, open->text.s)
                                     : h->files.v[i].text);
    }
}

static void refresh_history(struct session *s, const struct document *d)
{
    const char *folder;
    struct arena arena;

    arena_init(&arena, 1024);
    struct history *h = history_around(s, d, &arena, &folder);
    if (h)
        history_refresh(h, drop_analyses, s);
    arena_release(&arena);
}

static void find_source(struct analysis *a, const char *path)
{
    for (uint32_t i = 0; i < tl_source_count(a->linter); i++)
        if (!tl_source_is_context(a->linter, i) &&
            strcmp(tl_source_path(a->linter, i), path) == 0)
            a->source = i;
}

/* A configuration with mistakes is one that the user is about to write, so
   they are shown whenever they are others than before. */
static void tell_mistakes(struct session *s, const struct analysis *a)
{
    size_t n = a->config ? config_error_count(a->config) : 0;
    struct buf text;

    buf_init(&text, 0);
    for (size_t i = 0; i < n; i++) {
        buf_puts(&text, i ? "\n" : "");
        sanitize(&text, tl_str_c(config_error_at(a->config, i)));
    }
    uint64_t told = n ? XXH3_64bits(text.p, text.n) : 0;
    if (n && told != s->told) {
        struct json *j = wire_notification(&s->wire, "window/showMessage");

        json_begin_object(j);
        json_key(j, "type");
        json_int(j, 1); /* an error */
        json_key(j, "message");
        json_str(j, buf_view(&text));
        json_end_object(j);
        wire_send(&s->wire);
    }
    s->told = told;
    buf_release(&text);
}

struct analysis *analysis_of_text(struct session *s, struct document *d,
                                  struct tl_str text, struct tl_error *error)
{
    /* In a folder that is gone, there is nothing to read either. */
    bool is_there = d->on_disk && (!d->root || chdir(d->root) == 0);
    struct analysis *a = mem_calloc(1, sizeof(*a));
    struct tl_options options = options_of(s, a);

    arena_init(&a->arena, 0);
    a->source = UINT32_MAX;
    text_view(&a->text, arena_str(&a->arena, text));
    a->linter = tl_open(&options, error);
    if (!a->linter) {
        analysis_free(a);
        return NULL;
    }
    if (is_there)
        add_history(s, d, a);
    tl_add_text(a->linter, d->path, a->text.s, TL_AS_AUTO, false);
    add_schemas(a);
    tl_run(a->linter);
    find_source(a, d->path);
    a->revision = s->revision;
    tell_mistakes(s, a);
    return a;
}

struct analysis *analysis_of(struct session *s, struct document *d,
                             struct tl_error *error)
{
    refresh_history(s, d);
    if (d->analysis && d->analysis->revision == s->revision)
        return d->analysis;
    analysis_free(d->analysis);
    d->analysis = NULL;
    if (tl_memo_bytes(s->memo) > MAX_MEMO) {
        drop_analyses(s);
        tl_memo_clear(s->memo);
    }
    d->analysis = analysis_of_text(s, d, d->text.s, error);
    return d->analysis;
}
