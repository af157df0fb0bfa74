/*
 * uri.c - paths as URI references (RFC 3986).
 */
#include "report/uri.h"

#include <string.h>

bool uri_is_absolute(const char *path)
{
    return path[0] == '/';
}

static bool is_plain(unsigned char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
        (c >= '0' && c <= '9'))
        return true;
    return c != 0 && strchr("-._~!$&'()*+,;=@/", c) != NULL;
}

void uri_path(struct buf *b, const char *path)
{
    /* A colon in the first segment would make it a scheme. */
    bool first_segment = !uri_is_absolute(path);

    while (strncmp(path, "./", 2) == 0)
        path += 2 + strspn(path + 2, "/");
    if (uri_is_absolute(path)) {
        buf_puts(b, "file:///");
        path += strspn(path, "/");
    }
    for (const char *p = path; *p; p++) {
        unsigned char c = (unsigned char)*p;

        if (c == '/')
            first_segment = false;
        if (is_plain(c) || (c == ':' && !first_segment))
            buf_char(b, *p);
        else
            buf_printf(b, "%%%02X", c);
    }
}
