/*
 * tags.c - what applications write into comments behind their queries.
 *
 * Only a comment at the very end or beginning is looked at: that is where
 * the libraries put them, and it cannot be the inside of a string there.
 */
#include "workload/tags.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';';
}

static struct tl_str trim(struct tl_str s)
{
    while (s.n && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

/* A value's end: the closing quote, or the next comma when unquoted. */
static size_t value_end(struct tl_str s, size_t at, bool quoted)
{
    while (at < s.n) {
        if (quoted && s.p[at] == '\\') {
            at += 2;
            continue;
        }
        if (s.p[at] == (quoted ? '\'' : ','))
            return at;
        at++;
    }
    return s.n;
}

/* "00-<32 hex digits>-..." */
static struct tl_str trace_of(struct tl_str traceparent)
{
    if (traceparent.n < 35 || traceparent.p[2] != '-')
        return TL_NONE;
    return (struct tl_str){traceparent.p + 3, 32};
}

static void set_tag(struct tl_str key, struct tl_str value,
                    struct query_tags *out)
{
    if (tl_str_is(key, "traceparent"))
        out->trace = trace_of(value);
    else if (!out->trace.n &&
             (tl_str_is(key, "request_id") || tl_str_is(key, "trace_id")))
        out->trace = value;
    else if (tl_str_is(key, "route"))
        out->route = value;
    else if (tl_str_is(key, "action") && !out->route.n)
        out->route = value;
    else if (tl_str_is(key, "controller"))
        out->controller = value;
}

static void read_comment(struct tl_str s, struct query_tags *out)
{
    size_t at = 0;

    while (at < s.n) {
        size_t start = at;

        while (at < s.n && s.p[at] != '=' && s.p[at] != ':' && s.p[at] != ',')
            at++;
        if (at >= s.n)
            return;
        if (s.p[at] == ',') {
            at++;
            continue;
        }
        struct tl_str key = trim((struct tl_str){s.p + start, at - start});
        at++;
        bool quoted = at < s.n && s.p[at] == '\'';
        at += quoted;
        size_t end = value_end(s, at, quoted);
        if (end > s.n)
            end = s.n;
        if (at <= end)
            set_tag(key, (struct tl_str){s.p + at, end - at}, out);
        at = end + quoted;
    }
}

static struct tl_str cut_last(struct tl_str s, struct query_tags *out)
{
    if (s.n < 4 || memcmp(s.p + s.n - 2, "*/", 2) != 0)
        return s;
    for (size_t at = s.n - 3; at > 0; at--) {
        if (s.p[at - 1] != '/' || s.p[at] != '*')
            continue;
        /* One comment inside of another: no library writes that. */
        if (memmem(s.p + at + 1, s.n - at - 3, "*/", 2))
            return s;
        read_comment((struct tl_str){s.p + at + 1, s.n - at - 3}, out);
        return trim((struct tl_str){s.p, at - 1});
    }
    return s;
}

static struct tl_str cut_first(struct tl_str s, struct query_tags *out)
{
    if (s.n < 4 || memcmp(s.p, "/*", 2) != 0)
        return s;
    const char *end = memmem(s.p + 2, s.n - 2, "*/", 2);
    if (!end)
        return s;
    read_comment((struct tl_str){s.p + 2, (size_t)(end - s.p) - 2}, out);
    size_t used = (size_t)(end - s.p) + 2;
    return trim((struct tl_str){s.p + used, s.n - used});
}

struct tl_str tags_read(struct tl_str text, struct query_tags *out)
{
    memset(out, 0, sizeof(*out));
    struct tl_str s = trim(text);
    struct tl_str cut = cut_last(s, out);

    return cut_first(cut, out);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

size_t tags_decode(struct tl_str raw, char *buf, size_t size)
{
    size_t n = 0;

    for (size_t i = 0; i < raw.n && n < size; i++) {
        char c = raw.p[i];

        if (c == '%' && i + 2 < raw.n && hex_digit(raw.p[i + 1]) >= 0 &&
            hex_digit(raw.p[i + 2]) >= 0) {
            c = (char)(hex_digit(raw.p[i + 1]) * 16 + hex_digit(raw.p[i + 2]));
            i += 2;
        }
        buf[n++] = c;
    }
    return n;
}
