/*
 * history.c - the other migrations of a file that is linted alone.
 *
 * They are found by its name: files whose names begin with versions lie side
 * by side (goose, Flyway ...), and folders whose names do hold files of fixed
 * names (diesel, Prisma). Of anything else we cannot tell what belongs to it.
 */
#include "lint/linter.h"

#include <tusklint/place.h>

#include "input/layout_path.h"

#include <ctype.h>
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
    struct arena *arena;
    VEC(const char *) names;
};

static bool list_versioned(const char *name, void *arg)
{
    struct listing *listing = arg;

    if (is_versioned(name))
        vec_push(&listing->names, arena_strdup(listing->arena, name));
    return false;
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

static void add_folder(struct tl_linter *l, const char *root, const char *dir)
{
    for (const char *const *n = folder_names; *n; n++) {
        const char *path = join(&l->arena, dir, *n);

        if (file_is_regular(path))
            inputs_add_context(l, path, root);
    }
}

static void add_entry(struct tl_linter *l, const char *root, const char *name,
                      bool in_folders)
{
    const char *path =
        strcmp(root, ".") == 0 ? name : join(&l->arena, root, name);

    if (in_folders)
        add_folder(l, root, path);
    else if (layout_is_sql_path(name) && file_is_regular(path))
        inputs_add_context(l, path, root);
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
    struct listing listing = {&l->arena, VEC_INIT};
    bool in_folders;
    size_t n;

    path = inputs_clean_path(l, path);
    if (!tl_history_folder(path, &n, &in_folders))
        return;
    const char *root = root_of(&l->arena, path, n);
    if (has_history(l, root))
        return;
    file_has_entry(root, list_versioned, &listing);
    for (size_t i = 0; i < listing.names.n; i++)
        add_entry(l, root, listing.names.v[i], in_folders);
    vec_release(&listing.names);
}
