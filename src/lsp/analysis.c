/*
 * analysis.c - one run over a document and the history that it is part of.
 *
 * Paths are relative to the workspace's folder, as they are on the command
 * line, and so is what rules look up on the disk: the process changes there.
 */
#include "lsp/analysis.h"

#include <tusklint/place.h>

#include <string.h>
#include <unistd.h>

/* The one place where a document's options are made. */
static struct tl_options options_of(const struct session *s,
                                    const struct document *d)
{
    struct tl_options options = *s->options;

    (void)d;
    return options;
}

void analysis_free(struct analysis *a)
{
    if (!a)
        return;
    tl_close(a->linter);
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

/* The document's history; its folder, as reports name it, in the arena: ".",
   where paths are relative and it is the root. */
static struct history *history_around(struct session *s,
                                      const struct document *d,
                                      struct arena *arena, const char **folder)
{
    struct buf full;
    bool nested;
    size_t n = tl_history_folder(d->path, &nested);

    *folder = n ? arena_str(arena, (struct tl_str){d->path, n}).p : ".";
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

    for (size_t i = 0; i < h->files.n; i++) {
        const char *path = path_in(a, folder, h->files.v[i].name);
        const struct document *open = open_at(s, d, path);

        if (open != d)
            tl_add_history(a->linter, path, folder,
                           open ? arena_str(&a->arena, open->text.s)
                                : h->files.v[i].text);
    }
}

static void refresh_history(struct session *s, const struct document *d)
{
    const char *folder;
    struct arena arena;

    arena_init(&arena, 1024);
    history_refresh(history_around(s, d, &arena, &folder), drop_analyses, s);
    arena_release(&arena);
}

static void find_source(struct analysis *a, const char *path)
{
    for (uint32_t i = 0; i < tl_source_count(a->linter); i++)
        if (!tl_source_is_context(a->linter, i) &&
            strcmp(tl_source_path(a->linter, i), path) == 0)
            a->source = i;
}

struct analysis *analysis_of_text(struct session *s, struct document *d,
                                  struct tl_str text, struct tl_error *error)
{
    struct tl_options options = options_of(s, d);
    struct analysis *a = mem_calloc(1, sizeof(*a));

    arena_init(&a->arena, 0);
    text_view(&a->text, arena_str(&a->arena, text));
    a->linter = tl_open(&options, error);
    if (!a->linter) {
        analysis_free(a);
        return NULL;
    }
    /* In a folder that is gone, there is nothing to read either. */
    if (d->on_disk && (!d->root || chdir(d->root) == 0))
        add_history(s, d, a);
    tl_add_text(a->linter, d->path, a->text.s, TL_AS_AUTO, false);
    tl_run(a->linter);
    find_source(a, d->path);
    a->revision = s->revision;
    return a;
}

struct analysis *analysis_of(struct session *s, struct document *d,
                             struct tl_error *error)
{
    if (d->on_disk)
        refresh_history(s, d);
    if (d->analysis && d->analysis->revision == s->revision)
        return d->analysis;
    analysis_free(d->analysis);
    d->analysis = NULL;
    d->analysis = analysis_of_text(s, d, d->text.s, error);
    return d->analysis;
}
