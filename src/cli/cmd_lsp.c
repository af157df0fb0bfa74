/*
 * cmd_lsp.c - tusklint lsp: a language server on standard input and output.
 */
#include "cli/commands.h"
#include "cli/options.h"
#include "lsp/server.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int serve(const struct cli_options *o)
{
    struct tl_error error;

    if (o->paths.n)
        return trouble("lsp takes no paths: the editor names its files");
    /* Wrong options are told now, not to every document. */
    struct tl_linter *l = tl_open(&o->lint, &error);
    if (!l)
        return trouble("%s", error.message);
    tl_close(l);
    struct lsp_options options = {&o->lint, o->config_file, o->no_config};
    return lsp_serve(&options, STDIN_FILENO, STDOUT_FILENO);
}

/* What clients add on their own, at either end. */
static int drop_transport(int argc, char **argv)
{
    int kept = 0;

    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], "--stdio") != 0)
            argv[kept++] = argv[i];
    return kept;
}

int cmd_lsp(int argc, char **argv)
{
    struct cli_options o;
    struct err err;
    int status;

    argc = drop_transport(argc, argv);
    cli_init(&o);
    if (!cli_parse(&o, argc, argv, &err)) {
        status = trouble("%s", err.message);
    } else {
        status = serve(&o);
    }
    cli_release(&o);
    return status;
}
