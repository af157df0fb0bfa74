/*
 * find.c - the configuration that is nearest to a folder.
 *
 * Every folder is looked at once: what is above it is remembered, too.
 */
#include "config/find.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/xxh.h"

/* Its own hash falls through labels without saying so. */
#define HASH_FUNCTION(key, n, hash) (hash) = (unsigned)XXH3_64bits((key), (n))
#define uthash_malloc(n) mem_alloc(n)
#define uthash_free(p, n) mem_free(p)
#include <uthash.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct folder {
    struct config_folder is; /* first: it is what the caller sees */
    const char *name;
    bool is_repository; /* has .git in it, where that was asked for */
    bool asked;
    const char *own; /* the configuration in it, or NULL */
    struct folder *above;
    bool settled;
    UT_hash_handle hh;
};

struct config_finder {
    struct arena *arena;
    struct config_errors *errors;
    const char *here;
    struct folder *by_real;
    struct folder *by_spelling;
    struct folder *last; /* inputs come by folders */
    struct config_file *fixed;
    VEC(struct config_file *) files;
};

struct config_finder *config_finder_create(struct arena *a,
                                           struct config_errors *errors)
{
    struct config_finder *f = mem_calloc(1, sizeof(*f));

    f->arena = a;
    f->errors = errors;
    f->here = config_real(a, ".");
    return f;
}

void config_finder_free(struct config_finder *f)
{
    HASH_CLEAR(hh, f->by_real);
    HASH_CLEAR(hh, f->by_spelling);
    for (size_t i = 0; i < f->files.n; i++)
        config_file_release(f->files.v[i]);
    vec_release(&f->files);
    mem_free(f);
}

static const char *parent_of(struct arena *a, const char *real)
{
    const char *slash = strrchr(real, '/');

    if (!slash || !slash[1])
        return NULL;
    return slash == real
               ? "/"
               : arena_str(a, (struct tl_str){real, (size_t)(slash - real)}).p;
}

static const char *entry(struct arena *a, const char *folder, const char *name)
{
    return arena_printf(a, "%s/%s", folder[1] ? folder : "", name).p;
}

static const char *own_file(struct arena *a, const char *folder)
{
    static const char *const names[] = {".tusklint.yml", ".tusklint.yaml"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *path = entry(a, folder, names[i]);

        /* A link that leads nowhere is a mistake, and told as one. */
        if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            return path;
    }
    return NULL;
}

static struct folder *new_folder(struct config_finder *f, const char *real)
{
    struct folder *d = ARENA_NEW(f->arena, struct folder);

    d->name = d->is.real = real;
    d->own = own_file(f->arena, real);
    HASH_ADD_KEYPTR(hh, f->by_real, d->name, strlen(d->name), d);
    return d;
}

/* With everything above it, from below upwards and back. */
static struct folder *folder_of_real(struct config_finder *f, const char *real)
{
    struct folder *first = NULL;
    struct folder *below = NULL;

    for (const char *at = real; at; at = parent_of(f->arena, at)) {
        struct folder *d = NULL;

        HASH_FIND(hh, f->by_real, at, strlen(at), d);
        bool known = d != NULL;
        if (!known)
            d = new_folder(f, at);
        if (below)
            below->above = d;
        if (!first)
            first = d;
        if (known)
            break;
        below = d;
    }
    return first;
}

static const char *repository_of(const struct config_finder *f,
                                 struct folder *d)
{
    for (; d; d = d->above) {
        if (!d->asked)
            d->is_repository =
                access(entry(f->arena, d->name, ".git"), F_OK) == 0;
        d->asked = true;
        if (d->is_repository)
            return d->name;
    }
    return NULL;
}

/* How far up a configuration of this folder is looked for. */
static const char *root_of(const struct config_finder *f, struct folder *d)
{
    const char *repository = repository_of(f, d);

    if (repository)
        return repository;
    return *f->here && config_is_below(d->is.real, f->here) ? f->here
                                                            : d->is.real;
}

static struct config_file *load(struct config_finder *f, const char *path,
                                const char *root)
{
    struct config_file *file =
        config_file_read(path, root, f->arena, f->errors);

    vec_push(&f->files, file);
    return file;
}

static bool is_any_above(const struct folder *d)
{
    for (; d; d = d->above)
        if (d->own)
            return true;
    return false;
}

/* A file is read once, where it lies. Mostly there is none, and how far to look
   for it no question. */
static void settle(struct config_finder *f, struct folder *d)
{
    d->settled = !is_any_above(d);
    if (d->settled)
        return;

    const char *root = root_of(f, d);
    struct folder *from = d;

    while (!from->settled && !from->own && strcmp(from->is.real, root) != 0 &&
           from->above)
        from = from->above;
    if (!from->settled && from->own) {
        from->is.file = load(f, from->own, root);
        from->settled = true;
    }
    d->is.file = from->is.file;
    d->settled = true;
}

static struct folder *settled_folder(struct config_finder *f, const char *real)
{
    struct folder *d = folder_of_real(f, real);

    if (f->fixed)
        d->is.file = f->fixed;
    else if (!d->settled)
        settle(f, d);
    return d;
}

static struct folder *folder_of_spelling(struct config_finder *,
                                         struct tl_str name);

/* By the folder that it lies in, which is known or soon will be; NULL where
   that does not tell: a link, or nothing that is there. */
static const char *real_child(struct config_finder *f, const char *name)
{
    const char *slash = strrchr(name, '/');
    char link;

    if (!slash || slash == name || !slash[1] || strcmp(slash, "/.") == 0 ||
        strcmp(slash, "/..") == 0 || readlink(name, &link, 1) >= 0 ||
        errno != EINVAL)
        return NULL;
    const struct folder *parent =
        folder_of_spelling(f, (struct tl_str){name, (size_t)(slash - name)});
    return entry(f->arena, parent->is.real, slash + 1);
}

/* The nearest folder that exists, and the rest as it is written. */
static const char *real_folder(struct config_finder *f, const char *name)
{
    const char *child = real_child(f, name);

    if (child)
        return child;
    const char *real = config_real(f->arena, *name ? name : ".");
    char *at = arena_strdup(f->arena, name);

    for (char *slash = strrchr(at, '/'); !*real; slash = strrchr(at, '/')) {
        if (slash)
            *slash = '\0';
        const char *known = config_real(f->arena, !slash ? "."
                                                  : *at  ? at
                                                         : "/");
        if (*known) {
            const char *rest = slash ? name + (slash - at) + 1 : name;

            return strstr(rest, "..") ? known : entry(f->arena, known, rest);
        }
        if (!slash)
            return "/";
    }
    return real;
}

static struct folder *folder_of_spelling(struct config_finder *f,
                                         struct tl_str name)
{
    struct folder *known = NULL;

    HASH_FIND(hh, f->by_spelling, name.p, name.n, known);
    if (known)
        return known;
    const char *text = name.n ? arena_str(f->arena, name).p : "";
    struct folder *d = settled_folder(f, real_folder(f, text));
    known = ARENA_NEW(f->arena, struct folder);
    known->is = d->is;
    known->name = text;
    HASH_ADD_KEYPTR(hh, f->by_spelling, known->name, name.n, known);
    return known;
}

const struct config_folder *config_find(struct config_finder *f,
                                        const char *path)
{
    const char *slash = strrchr(path, '/');
    struct tl_str name = {path, slash ? (size_t)(slash - path) : 0};

    if (slash == path)
        name.n = 1;
    if (!f->last || strlen(f->last->name) != name.n ||
        memcmp(f->last->name, name.p, name.n) != 0)
        f->last = folder_of_spelling(f, name);
    return &f->last->is;
}

struct config_file *config_finder_read(struct config_finder *f,
                                       const char *path)
{
    const char *real = config_real(f->arena, path);
    const char *parent = *real ? parent_of(f->arena, real) : NULL;

    if (!parent)
        return load(f, path, "/");
    return load(f, real, root_of(f, folder_of_real(f, parent)));
}

void config_finder_fix(struct config_finder *f, const char *path)
{
    f->fixed = config_finder_read(f, path);
}

size_t config_file_count(const struct config_finder *f)
{
    return f->files.n;
}

const struct config_file *config_file_at(const struct config_finder *f,
                                         size_t i)
{
    return i < f->files.n ? f->files.v[i] : NULL;
}
