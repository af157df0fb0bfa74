/*
 * scratch.c - see scratch.h.
 */
#include "fuzz/scratch.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/tusklint-fuzz-XXXXXX";
static char path[PATH_MAX];
static int made;

static void clean_up(void)
{
    if (path[0])
        unlink(path);
    rmdir(folder);
}

const char *scratch_folder(void)
{
    if (!made && !mkdtemp(folder))
        abort();
    if (!made)
        atexit(clean_up);
    made = 1;
    return folder;
}

const char *scratch_file(const char *name, const uint8_t *data, size_t size)
{
    snprintf(path, sizeof(path), "%s/%s", scratch_folder(), name);
    FILE *f = fopen(path, "we");
    if (!f || fwrite(data, 1, size, f) != size || fclose(f) != 0)
        abort();
    return path;
}
