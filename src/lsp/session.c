/*
 * session.c - the documents that are open, and the folders they lie in.
 */
#include "lsp/session.h"

#include "lsp/analysis.h"
#include "lsp/uri.h"

#include <tusklint/place.h>

#include <string.h>
#include <strings.h>

void session_init(struct session *s, const struct lsp_options *options, int out)
{
    memset(s, 0, sizeof(*s));
    s->options = options;
    s->memo = tl_memo_create();
    s->revision = 1;
    wire_init(&s->wire, out);
}

static void free_document(struct document *d)
{
    analysis_free(d->analysis);
    text_release(&d->text);
    mem_free(d->uri);
    mem_free(d->path);
    mem_free(d);
}

void session_release(struct session *s)
{
    for (size_t i = 0; i < s->documents.n; i++)
        free_document(s->documents.v[i]);
    vec_release(&s->documents);
    for (size_t i = 0; i < s->roots.n; i++)
        mem_free(s->roots.v[i]);
    vec_release(&s->roots);
    histories_release(&s->histories);
    tl_memo_free(s->memo);
    wire_release(&s->wire);
}

void session_changed(struct session *s)
{
    s->revision++;
}

static char *copy_bytes(const char *p, size_t n)
{
    char *copy = mem_alloc(n + 1);

    if (n)
        memcpy(copy, p, n);
    copy[n] = '\0';
    return copy;
}

/* ---- folders ---- */

static bool folder_of_uri(const char *uri, struct buf *out)
{
    if (!lsp_uri_path(uri, out))
        return false;
    while (out->n > 1 && out->p[out->n - 1] == '/')
        out->p[--out->n] = '\0';
    return out->n > 0;
}

/* What follows the folder in the path; NULL when it lies elsewhere. */
static const char *below(const char *path, const char *folder)
{
    size_t n = strlen(folder);

    if (strncmp(path, folder, n) != 0)
        return NULL;
    if (n == 1)
        return path + 1;
    return path[n] == '/' ? path + n + 1 : NULL;
}

/* The innermost folder that the document lies in becomes its root. */
static void place_document(const struct session *s, struct document *d)
{
    struct buf path;

    buf_init(&path, 0);
    session_full_path(d, d->path, &path);
    const char *relative = path.p;
    d->root = NULL;
    for (size_t i = 0; d->on_disk && i < s->roots.n; i++) {
        const char *rest = below(path.p, s->roots.v[i]);

        if (rest && *rest && (!d->root || rest > relative)) {
            d->root = s->roots.v[i];
            relative = rest;
        }
    }
    mem_free(d->path);
    d->path = copy_bytes(relative, strlen(relative));
    buf_release(&path);
}

/* The list's strings are what documents point to, so they are placed anew. */
static void place_all(struct session *s,
                      void (*change)(struct session *, const char *folder),
                      const char *uri)
{
    struct buf folder;

    buf_init(&folder, 0);
    if (folder_of_uri(uri, &folder)) {
        change(s, folder.p);
        for (size_t i = 0; i < s->documents.n; i++)
            place_document(s, s->documents.v[i]);
        session_changed(s);
    }
    buf_release(&folder);
}

static void add_folder(struct session *s, const char *folder)
{
    vec_push(&s->roots, copy_bytes(folder, strlen(folder)));
}

static void remove_folder(struct session *s, const char *folder)
{
    for (size_t i = 0; i < s->documents.n; i++) {
        struct document *d = s->documents.v[i];

        if (d->root && strcmp(d->root, folder) == 0) {
            struct buf path;

            buf_init(&path, 0);
            session_full_path(d, d->path, &path);
            mem_free(d->path);
            d->path = copy_bytes(path.p, path.n);
            d->root = NULL;
            buf_release(&path);
        }
    }
    for (size_t i = 0; i < s->roots.n; i++)
        if (strcmp(s->roots.v[i], folder) == 0) {
            mem_free(s->roots.v[i]);
            s->roots.v[i] = *vec_last(&s->roots);
            s->roots.n--;
            return;
        }
}

void session_add_root(struct session *s, const char *uri)
{
    place_all(s, add_folder, uri);
}

void session_remove_root(struct session *s, const char *uri)
{
    place_all(s, remove_folder, uri);
}

void session_full_path(const struct document *d, const char *path,
                       struct buf *out)
{
    buf_clear(out);
    if (d->root && path[0] != '/')
        buf_printf(out, "%s/", strcmp(d->root, "/") == 0 ? "" : d->root);
    buf_puts(out, path);
}

/* ---- documents ---- */

struct document *session_document(const struct session *s, const char *uri)
{
    for (size_t i = 0; uri && i < s->documents.n; i++)
        if (strcmp(s->documents.v[i]->uri, uri) == 0)
            return s->documents.v[i];
    return NULL;
}

/* What an editor did not save yet has a name, too, which tells its kind. */
static char *path_of(const char *uri, bool is_sql, bool *on_disk)
{
    struct buf path;

    buf_init(&path, 0);
    buf_puts(&path, "");
    *on_disk = lsp_uri_path(uri, &path);
    if (!*on_disk) {
        const char *colon = strchr(uri, ':');

        buf_clear(&path);
        buf_puts(&path, colon ? colon + 1 : uri);
        if (is_sql && !strchr(path.p, '.'))
            buf_puts(&path, ".sql");
    }
    char *copy = copy_bytes(path.p, path.n);
    buf_release(&path);
    return copy;
}

struct document *session_open(struct session *s, const char *uri,
                              const char *language, struct tl_str text)
{
    struct document *d = session_document(s, uri);

    if (d)
        session_close(s, d);
    d = mem_calloc(1, sizeof(*d));
    d->uri = copy_bytes(uri, strlen(uri));
    d->is_sql = strcasestr(language, "sql") != NULL;
    d->path = path_of(uri, d->is_sql, &d->on_disk);
    place_document(s, d);
    text_copy(&d->text, text);
    d->edited = true;
    vec_push(&s->documents, d);
    session_changed(s);
    return d;
}

void session_close(struct session *s, struct document *d)
{
    size_t kept = 0;

    for (size_t i = 0; i < s->documents.n; i++)
        if (s->documents.v[i] != d)
            s->documents.v[kept++] = s->documents.v[i];
    s->documents.n = kept;
    free_document(d);
    session_changed(s);
}
