/*
 * uri.c - file: URIs to paths (RFC 8089).
 */
#include "lsp/uri.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    int low = tolower((unsigned char)c);

    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* Behind "file:" and a host that is this machine; NULL. */
static const char *path_part(const char *uri)
{
    if (strncasecmp(uri, "file:", 5) != 0)
        return NULL;
    uri += 5;
    if (strncmp(uri, "//", 2) != 0)
        return uri[0] == '/' ? uri : NULL;
    uri += 2;
    if (strncasecmp(uri, "localhost/", 10) == 0)
        uri += 9;
    return uri[0] == '/' ? uri : NULL;
}

bool lsp_uri_path(const char *uri, struct buf *out)
{
    const char *p = path_part(uri);

    if (!p)
        return false;
    buf_clear(out);
    for (; *p && *p != '?' && *p != '#'; p++) {
        int high = *p == '%' ? hex(p[1]) : -1;
        int low = high >= 0 ? hex(p[2]) : -1;

        if (high == 0 && low == 0)
            return false;
        if (low >= 0)
            p += 2;
        buf_char(out, low >= 0 ? (char)(high * 16 + low) : *p);
    }
    return true;
}
