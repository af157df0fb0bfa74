/*
 * cmd_debug.c - tusklint debug catalog PATH...: what the linter believes.
 *
 * For the scripts that compare it with a server; not in the usage text, and
 * its output may change.
 */
#include "cli/commands.h"

#include <tusklint/tusklint.h>

#include <errno.h>
#include <string.h>

int cmd_debug(int argc, char **argv)
{
    struct tl_options options = TL_OPTIONS_INIT;
    struct tl_error error;
    int status = EXIT_CLEAN;

    if (argc < 2 || strcmp(argv[0], "catalog") != 0)
        return trouble("debug takes: catalog PATH...");

    struct tl_linter *l = tl_open(&options, &error);

    if (!l)
        return trouble("%s", error.message);
    for (int i = 1; i < argc; i++)
        tl_add_path(l, argv[i], TL_AS_AUTO, false);
    tl_run(l);
    for (size_t i = 0; i < tl_failure_count(l); i++)
        status = trouble("%s", tl_failure_at(l, i));
    if (!tl_write_catalog(l, stdout) || fflush(stdout) != 0)
        status = trouble("standard output: %s", strerror(errno));
    tl_close(l);
    return status;
}
