/*
 * history.c - the other migrations of a file that is linted alone.
 *
 * They are found by its name: files whose names begin with versions lie side
 * by side (goose, Flyway ...), and folders whose names do hold files of fixed
 * names (diesel, Prisma). Of anything else we cannot tell what belongs to it.
 */
#include "lint/cache.h"
#include "lint/linter.h"

#include <tusklint/place.h>

#include "input/layout_path.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const folder_names[] = {"up.sql", "down.sql",
                                           "migration.sql", NULL};

static bool is_folder_name(const char *name)
{
    for (const char *const *n = folder_names; *n; n++)
        if (strcmp(*n, name) == 0)
            return true;
    return false;
}

static bool is_versioned(const char *name)
{
    struct tl_str version;

    return isdigit((unsigned char)name[0]) ||
           path_flyway(name, &version) != FLYWAY_NO;
}

struct listing {
    struct tl_linter *linter;
    const char *root;
    struct known *table; /* NULL: there is no cache */
    bool for_others;     /* a name speaks of a database */
    VEC(const char *) names;
};

static bool list_versioned(const char *name, void *arg)
{
    struct listing *listing = arg;

    if (!is_versioned(name))
        return false;
    vec_push(&listing->names, arena_strdup(&listing->linter->arena, name));
    /* 1_a.postgres.up.sql makes 1_a.up.sql one for other databases. */
    listing->for_others |= strcasestr(name, ".postgres") != NULL;
    return false;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The folder that the first bytes of the path name, with their slash. */
static const char *root_of(struct arena *a, const char *path, size_t n)
{
    if (n == 0)
        return ".";
    return n == 1 ? "/" : arena_str(a, (struct tl_str){path, n - 1}).p;
}

static const char *join(struct arena *a, const char *dir, const char *name)
{
    size_t n = strlen(dir);
    size_t m = strlen(name);
    char *out = arena_alloc(a, n + m + 2);

    memcpy(out, dir, n);
    out[n] = '/';
    memcpy(out + n + 1, name, m + 1);
    return out;
}

/* `name` counts from the root. */
static void add_file(struct listing *listing, const char *name)
{
    struct tl_linter *l = listing->linter;
    const char *root = listing->root;
    const char *path =
        strcmp(root, ".") == 0 ? name : join(&l->arena, root, name);
    struct known_file *known =
        listing->table ? known_look(listing->table, name) : NULL;

    if (known)
        inputs_add_known(l, path, root, listing->table, known);
    else if (!listing->table && file_is_regular(path))
        inputs_add_context(l, path, root);
}

static void add_entry(struct listing *listing, const char *name,
                      bool in_folders)
{
    if (!in_folders && layout_is_sql_path(name))
        add_file(listing, name);
    for (const char *const *n = folder_names; in_folders && *n; n++)
        add_file(listing, join(&listing->linter->arena, name, *n));
}

static bool has_history(const struct tl_linter *l, const char *root)
{
    for (size_t i = 0; i < l->inputs.n; i++)
        if (l->inputs.v[i]->context_only &&
            strcmp(l->inputs.v[i]->root, root) == 0)
            return true;
    return false;
}

bool tl_history_folder(const char *path, size_t *n, bool *nested)
{
    const char *name = path_base(path);

    *nested = is_folder_name(name);
    *n = (size_t)(name - path);
    if (!*nested)
        return is_versioned(name);
    if (*n == 0)
        return false;
    do
        (*n)--;
    while (*n > 0 && path[*n - 1] != '/');
    return is_versioned(path + *n);
}

bool tl_history_takes(const char *name, bool nested)
{
    return is_versioned(name) && (nested || layout_is_sql_path(name));
}

void inputs_add_history(struct tl_linter *l, const char *path)
{
    struct listing listing = {.linter = l};
    bool in_folders;
    size_t n;

    path = inputs_clean_path(l, path);
    if (!tl_history_folder(path, &n, &in_folders))
        return;
    const char *root = root_of(&l->arena, path, n);
    if (has_history(l, root))
        return;
    listing.root = root;
    file_has_entry(root, list_versioned, &listing);
    if (listing.names.n)
        qsort(listing.names.v, listing.names.n, sizeof(listing.names.v[0]),
              compare_names);
    if (!listing.for_others)
        listing.table = cache_history(l, root);
    for (size_t i = 0; i < listing.names.n; i++)
        add_entry(&listing, listing.names.v[i], in_folders);
    vec_release(&listing.names);
}
