/*
 * uri.h - paths as URI references (RFC 3986).
 */
#ifndef REPORT_URI_H
#define REPORT_URI_H

#include "base/buf.h"

/*
 * A relative path becomes a relative reference, an absolute one a file: URI.
 * Every byte that has a meaning in a URI, or none in ASCII, is %-encoded, so
 * that any file name survives the way there and back.
 */
void uri_path(struct buf *, const char *path);
bool uri_is_absolute(const char *path);

#endif
