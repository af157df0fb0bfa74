/*
 * jsontext.c - JSON strings of logs: where they end, what they stand for.
 *
 * What decoding makes of an escape must be what textmap.c counts for it.
 */
#include "input/message.h"

size_t json_string_end(struct tl_str s, size_t at, bool *escaped)
{
    size_t from = at + 1;

    while (from < s.n) {
        const char *quote = memchr(s.p + from, '"', s.n - from);

        if (!quote)
            return 0;
        size_t end = (size_t)(quote - s.p);
        size_t slashes = 0;
        while (end - slashes > at + 1 && s.p[end - slashes - 1] == '\\')
            slashes++;
        if (slashes % 2 == 0) {
            *escaped = memchr(s.p + at + 1, '\\', end - at - 1) != NULL;
            return end + 1;
        }
        from = end + 1;
    }
    return 0;
}

static void add_codepoint(struct buf *out, uint32_t c)
{
    char utf8[4];
    size_t n = 0;

    if (c < 0x80) {
        utf8[n++] = (char)c;
    } else if (c < 0x800) {
        utf8[n++] = (char)(0xc0 | c >> 6);
        utf8[n++] = (char)(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        utf8[n++] = (char)(0xe0 | c >> 12);
        utf8[n++] = (char)(0x80 | (c >> 6 & 0x3f));
        utf8[n++] = (char)(0x80 | (c & 0x3f));
    } else {
        utf8[n++] = (char)(0xf0 | c >> 18);
        utf8[n++] = (char)(0x80 | (c >> 12 & 0x3f));
        utf8[n++] = (char)(0x80 | (c >> 6 & 0x3f));
        utf8[n++] = (char)(0x80 | (c & 0x3f));
    }
    buf_add(out, utf8, n);
}

static bool hex4(struct tl_str s, size_t at, uint32_t *out)
{
    uint32_t value = 0;

    if (s.n < 4 || at > s.n - 4)
        return false;
    for (size_t i = at; i < at + 4; i++) {
        uint32_t c = (uint32_t)(unsigned char)s.p[i];

        if (c >= '0' && c <= '9')
            value = value << 4 | (c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            value = value << 4 | ((c | 32) - 'a' + 10);
        else
            return false;
    }
    *out = value;
    return true;
}

/* The escape behind the backslash at `at`; returns the bytes it takes. */
static size_t decode_escape(struct tl_str s, size_t at, struct buf *out)
{
    static const char names[] = "bfnrt";
    static const char values[] = "\b\f\n\r\t";
    uint32_t high;
    uint32_t low;

    if (at + 1 >= s.n) {
        buf_char(out, '\\');
        return 1;
    }
    char c = s.p[at + 1];
    const char *known = c ? strchr(names, c) : NULL;
    if (c != 'u' || !hex4(s, at + 2, &high)) {
        buf_char(out, known ? values[known - names] : c);
        return 2;
    }
    if (high >= 0xd800 && high < 0xdc00 && at + 7 < s.n &&
        s.p[at + 6] == '\\' && s.p[at + 7] == 'u' && hex4(s, at + 8, &low) &&
        low >= 0xdc00 && low < 0xe000) {
        add_codepoint(out, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
        return 12;
    }
    add_codepoint(out, high);
    return 6;
}

void json_decode(struct tl_str raw, struct buf *out)
{
    size_t at = 0;

    buf_clear(out);
    while (at < raw.n) {
        const char *slash = memchr(raw.p + at, '\\', raw.n - at);
        size_t end = slash ? (size_t)(slash - raw.p) : raw.n;

        buf_add(out, raw.p + at, end - at);
        at = end;
        if (at < raw.n)
            at += decode_escape(raw, at, out);
    }
}
