/*
 * history.c - the files of migration histories, read once and kept.
 */
#include "lsp/history.h"

#include "base/file.h"

#include <tusklint/place.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Of one history; what is beyond is not seen. */
#define MAX_FILES 20000
#define MAX_BYTES ((uint64_t)64 << 20)
/* Seconds after which the folder is looked at again, unasked. */
#define LOOK_AGAIN 2

static void release_file(struct history_file *f)
{
    mem_free(f->name);
    mem_free(f->bytes);
}

static void free_history(struct history *h)
{
    for (size_t i = 0; i < h->files.n; i++)
        release_file(&h->files.v[i]);
    vec_release(&h->files);
    mem_free(h->folder);
    mem_free(h);
}

void histories_release(struct histories *all)
{
    for (size_t i = 0; i < all->list.n; i++)
        free_history(all->list.v[i]);
    vec_release(&all->list);
}

void histories_forget(struct histories *all)
{
    for (size_t i = 0; i < all->list.n; i++)
        all->list.v[i]->stale = true;
}

/* ---- one look at a folder ---- */

struct look {
    struct history *history;
    struct arena arena;
    VEC(const char *) names;
    const char *inside; /* of this folder in the history's */
    VEC(struct history_file) files;
    uint64_t bytes;
    void (*changing)(void *arg);
    void *arg;
    bool changed;
};

static const char *full_path(struct look *k, const char *name)
{
    return arena_printf(&k->arena, "%s/%s", k->history->folder, name).p;
}

/* False goes on to the next entry. */
static bool add_file(const char *name, void *arg)
{
    struct look *k = arg;

    if (tl_history_takes(name, false))
        vec_push(&k->names, arena_strdup(&k->arena, name));
    return k->names.n >= MAX_FILES;
}

/* Of a migration's folder. */
static bool add_inner_file(const char *name, void *arg)
{
    struct look *k = arg;
    const char *path = arena_printf(&k->arena, "%s/%s", k->inside, name).p;
    bool nested;
    size_t n;

    if (tl_history_folder(path, &n, &nested) && nested)
        vec_push(&k->names, path);
    return k->names.n >= MAX_FILES;
}

static bool add_folder(const char *name, void *arg)
{
    struct look *k = arg;

    if (!tl_history_takes(name, true))
        return false;
    k->inside = arena_strdup(&k->arena, name);
    file_has_entry(full_path(k, name), add_inner_file, k);
    return k->names.n >= MAX_FILES;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_names(struct look *k)
{
    struct history *h = k->history;

    file_has_entry(h->folder, h->nested ? add_folder : add_file, k);
    if (k->names.n)
        qsort(k->names.v, k->names.n, sizeof(k->names.v[0]), compare_names);
}

static int compare_file(const void *name, const void *file)
{
    return strcmp(name, ((const struct history_file *)file)->name);
}

static bool is_same(const struct history_file *f, const struct stat *st)
{
    return f->size == (uint64_t)st->st_size &&
           f->modified.tv_sec == st->st_mtim.tv_sec &&
           f->modified.tv_nsec == st->st_mtim.tv_nsec;
}

/* A mapped file that somebody cuts short would kill who reads it later. */
static void read_text(struct history_file *f, const char *path)
{
    struct file file;
    struct err err;

    if (!file_read(&file, path, 0, &err))
        return;
    size_t n = file.text.n < f->size ? file.text.n : f->size;
    f->bytes = mem_alloc(n);
    if (n)
        memcpy(f->bytes, file.text.p, n);
    f->text = (struct tl_str){f->bytes, n};
    file_release(&file);
}

/* A file as it was before is taken over. */
static void look_at_file(struct look *k, const char *name)
{
    struct history *h = k->history;
    const char *path = full_path(k, name);
    struct history_file *old =
        h->files.n ? bsearch(name, h->files.v, h->files.n,
                             sizeof(h->files.v[0]), compare_file)
                   : NULL;
    struct stat st;

    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) ||
        k->bytes + (uint64_t)st.st_size > MAX_BYTES)
        return;
    k->bytes += (uint64_t)st.st_size;
    if (old && is_same(old, &st)) {
        vec_push(&k->files, *old);
        old->kept = true;
        return;
    }
    size_t n = strlen(name) + 1;
    struct history_file file = {.modified = st.st_mtim,
                                .size = (uint64_t)st.st_size,
                                .name = mem_alloc(n)};
    memcpy(file.name, name, n);
    read_text(&file, path);
    vec_push(&k->files, file);
    k->changed = true;
}

/* What was there before and is not taken over goes. */
static void replace_files(struct look *k)
{
    struct history *h = k->history;

    for (size_t i = 0; i < h->files.n; i++)
        k->changed |= !h->files.v[i].kept;
    if (k->changed && k->changing)
        k->changing(k->arg);
    for (size_t i = 0; i < h->files.n; i++)
        if (!h->files.v[i].kept)
            release_file(&h->files.v[i]);
    vec_clear(&h->files);
    for (size_t i = 0; i < k->files.n; i++)
        vec_push(&h->files, k->files.v[i]);
}

static void look(struct history *h, void (*changing)(void *), void *arg)
{
    struct look k = {.history = h, .changing = changing, .arg = arg};

    arena_init(&k.arena, 0);
    list_names(&k);
    for (size_t i = 0; i < k.names.n; i++)
        look_at_file(&k, k.names.v[i]);
    replace_files(&k);
    vec_release(&k.files);
    vec_release(&k.names);
    arena_release(&k.arena);
    h->stale = false;
    clock_gettime(CLOCK_MONOTONIC, &h->looked);
}

static bool is_due(const struct history *h)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return h->stale || now.tv_sec - h->looked.tv_sec >= LOOK_AGAIN;
}

static struct history *add_history(struct histories *all, const char *folder,
                                   bool nested)
{
    struct history *h = mem_calloc(1, sizeof(*h));
    size_t n = strlen(folder) + 1;

    h->folder = mem_alloc(n);
    memcpy(h->folder, folder, n);
    h->nested = nested;
    vec_push(&all->list, h);
    return h;
}

struct history *history_of(struct histories *all, const char *folder,
                           bool nested)
{
    for (size_t i = 0; i < all->list.n; i++)
        if (all->list.v[i]->nested == nested &&
            strcmp(all->list.v[i]->folder, folder) == 0)
            return all->list.v[i];
    struct history *h = add_history(all, folder, nested);
    look(h, NULL, NULL);
    return h;
}

void history_refresh(struct history *h, void (*changing)(void *arg), void *arg)
{
    if (is_due(h))
        look(h, changing, arg);
}
