/*
 * server.h - a language server (LSP 3.17) on two descriptors.
 */
#ifndef LSP_SERVER_H
#define LSP_SERVER_H

#include <tusklint/tusklint.h>

/*
 * Serves one client until it says exit or goes away. `options` are those of
 * every document. Gives the exit status: 0 when the client asked to shut down
 * before.
 */
int lsp_serve(const struct tl_options *, int in, int out);

#endif
