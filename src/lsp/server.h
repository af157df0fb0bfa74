/*
 * server.h - a language server (LSP 3.17) on two descriptors.
 */
#ifndef LSP_SERVER_H
#define LSP_SERVER_H

#include <tusklint/tusklint.h>

struct lsp_options {
    const struct tl_options *lint; /* the command line's, for every document */
    const char *config_file;       /* read for all of them; NULL: the nearest */
    bool no_config;
};

/*
 * Serves one client until it says exit or goes away. Gives the exit status: 0
 * when the client asked to shut down before.
 */
int lsp_serve(const struct lsp_options *, int in, int out);

#endif
