/*
 * history.c - the other migrations of a file that is linted alone.
 *
 * They are found by its name: files whose names begin with versions lie side
 * by side (goose, Flyway ...), and folders whose names do hold files of fixed
 * names (diesel, Prisma). Of anything else we cannot tell what belongs to it.
 */
#include "lint/linter.h"

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

/* The path before its last slash; NULL when there is none. */
static const char *parent_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        return NULL;
    return slash == path
               ? "/"
               : arena_str(a, (struct tl_str){path, (size_t)(slash - path)}).p;
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

/* The folder of the history, or NULL. */
static const char *root_of(struct arena *a, const char *path, bool *in_folders)
{
    const char *dir = parent_of(a, path);

    *in_folders = is_folder_name(path_base(path));
    if (!*in_folders)
        return is_versioned(path_base(path)) ? (dir ? dir : ".") : NULL;
    if (!dir || !is_versioned(path_base(dir)))
        return NULL;
    const char *root = parent_of(a, dir);
    return root ? root : ".";
}

void inputs_add_history(struct tl_linter *l, const char *path)
{
    struct listing listing = {&l->arena, VEC_INIT};
    bool in_folders;
    const char *root =
        root_of(&l->arena, inputs_clean_path(l, path), &in_folders);

    if (!root || has_history(l, root))
        return;
    file_has_entry(root, list_versioned, &listing);
    for (size_t i = 0; i < listing.names.n; i++)
        add_entry(l, root, listing.names.v[i], in_folders);
    vec_release(&listing.names);
}
