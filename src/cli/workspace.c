/*
 * workspace.c - see workspace.h.
 */
#include "cli/workspace.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *root(void)
{
    const char *github = getenv("GITHUB_WORKSPACE");

    return github && *github ? github : getenv("CI_PROJECT_DIR");
}

const char *workspace_prefix(struct arena *arena)
{
    const char *named = root();
    char here[PATH_MAX];
    char there[PATH_MAX];

    if (!named || !*named || !realpath(named, there) || !getcwd(here, PATH_MAX))
        return NULL;
    size_t n = strlen(there);
    if (strncmp(here, there, n) != 0 || here[n] != '/' || !here[n + 1])
        return NULL;
    return arena_printf(arena, "%s/", here + n + 1).p;
}
