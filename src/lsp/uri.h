/*
 * uri.h - file: URIs as editors write them, to paths.
 */
#ifndef LSP_URI_H
#define LSP_URI_H

#include "base/buf.h"

/* The path of a file: URI on this machine into `out`; false for another one. */
bool lsp_uri_path(const char *uri, struct buf *out);

#endif
