/*
 * cmd_help.c - tusklint help, tusklint completion.
 */
#include "cli/commands.h"
#include "cli/manual.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static int print(struct buf *b)
{
    bool ok = fwrite(b->p ? b->p : "", 1, b->n, stdout) == b->n &&
              fflush(stdout) == 0;

    buf_release(b);
    return ok ? EXIT_CLEAN : trouble("standard output: %s", strerror(errno));
}

int cmd_help(int argc, char **argv)
{
    struct buf b;

    if (argc > 1)
        return trouble("help takes one command");
    buf_init(&b, 0);
    if (argc == 0) {
        manual_help(NULL, &b);
    } else if (strcmp(argv[0], "--man") == 0) {
        manual_page(&b);
    } else {
        const struct cli_command *c = cli_command_find(argv[0]);

        if (!c)
            return trouble("no command '%s'; tusklint help lists them",
                           argv[0]);
        manual_help(c, &b);
    }
    return print(&b);
}

int cmd_completion(int argc, char **argv)
{
    struct buf b;

    buf_init(&b, 0);
    if (argc != 1 || !manual_completion(argv[0], &b)) {
        buf_release(&b);
        return trouble("completion takes a shell: bash, zsh or fish");
    }
    return print(&b);
}
