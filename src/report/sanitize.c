/*
 * sanitize.c - text from inputs made safe to print.
 */
#include "report/sanitize.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/*
 * A runner looks for "##[" and "##vso[" anywhere in a line. The byte that
 * makes the word complete gets a backslash, as runners do it themselves.
 */
static bool completes_command(struct tl_str s, size_t at)
{
    if (at < 2 || s.p[at - 1] != '#' || s.p[at - 2] != '#')
        return false;
    if (s.p[at] == '[')
        return true;
    return s.n - at >= 4 && strncasecmp(s.p + at, "vso[", 4) == 0;
}

size_t sanitize_next(struct tl_str s, size_t at, char out[SANITIZE_MAX],
                     size_t *width)
{
    unsigned char first = (unsigned char)s.p[at];
    struct tl_str rest = {s.p + at, s.n - at};
    uint32_t c;
    size_t n = utf8_next(rest, &c);

    if ((first >= 0x80 && n == 1) || first < 0x20 || first == 0x7F) {
        *width = (size_t)snprintf(out, SANITIZE_MAX, "\\x%02x", first);
        return n;
    }
    if (first < 0x80) {
        size_t i = 0;

        if (completes_command(s, at))
            out[i++] = '\\';
        out[i++] = (char)first;
        out[i] = '\0';
        *width = i;
        return n;
    }
    if (utf8_is_hidden(c)) {
        *width = (size_t)snprintf(out, SANITIZE_MAX, "<U+%04X>", c);
        return n;
    }
    memcpy(out, rest.p, n);
    out[n] = '\0';
    *width = utf8_width((struct tl_str){rest.p, n});
    return n;
}

/* Characters that show themselves and complete no command: most of any text. */
static size_t plain_length(struct tl_str s, size_t at)
{
    size_t end = at;

    while (end < s.n && s.p[end] >= ' ' && s.p[end] < 0x7F && s.p[end] != '[' &&
           s.p[end] != 'v' && s.p[end] != 'V')
        end++;
    return end - at;
}

void sanitize(struct buf *b, struct tl_str s)
{
    char shown[SANITIZE_MAX];
    size_t width;

    for (size_t at = 0; at < s.n;) {
        size_t plain = plain_length(s, at);

        if (plain) {
            buf_add(b, s.p + at, plain);
            at += plain;
            continue;
        }
        at += sanitize_next(s, at, shown, &width);
        buf_puts(b, shown);
    }
}

void sanitize_path(struct buf *b, const char *path)
{
    const char *p = path + strspn(path, " ");

    if (strncmp(p, "::", 2) == 0)
        buf_puts(b, "./");
    sanitize(b, tl_str_c(path));
}
