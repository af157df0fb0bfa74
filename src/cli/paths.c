/*
 * paths.c - one way to write a path, wherever the program was started.
 */
#include "cli/paths.h"

#include "config/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Links of the file itself are not followed: its name is what is shown. */
static const char *absolute(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t n = slash ? (size_t)(slash - path) : 0;
    const char *folder = !slash ? "."
                         : n    ? arena_str(a, (struct tl_str){path, n}).p
                                : "/";
    const char *real = config_real(a, folder);

    if (*real)
        return arena_printf(a, "%s/%s", real[1] ? real : "", name).p;
    return arena_printf(a, "%s/%s", config_real(a, "."), path).p;
}

const char *paths_relative(struct arena *a, const char *path,
                           const char *folder)
{
    const char *full = absolute(a, path);
    size_t common = 0;
    size_t at = 0;
    struct tl_str up = TL_STR("");

    for (; full[at] && full[at] == folder[at]; at++)
        if (full[at] == '/')
            common = at + 1;
    if (!folder[at] && full[at] == '/')
        return full + at + 1;
    for (const char *p = folder + common; *p; p = strchr(p, '/')) {
        up = arena_printf(a, "%.*s../", TL_FMT(up));
        p += *p == '/';
        if (!strchr(p, '/'))
            break;
    }
    return arena_printf(a, "%.*s%s", TL_FMT(up), full + common).p;
}

const char *paths_repository(struct arena *a)
{
    char *at = arena_strdup(a, config_real(a, "."));

    while (*at) {
        if (access(arena_printf(a, "%s/.git", at).p, F_OK) == 0)
            return at;
        *strrchr(at, '/') = '\0';
    }
    return "";
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void paths_sort(const char **list, size_t n)
{
    if (n)
        qsort(list, n, sizeof(list[0]), compare);
}

bool paths_has(const char *const *list, size_t n, const char *path)
{
    return n && bsearch(&path, list, n, sizeof(list[0]), compare) != NULL;
}
