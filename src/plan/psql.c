/*
 * psql.c - what psql prints around an EXPLAIN.
 *
 * Aligned output is a heading, a rule, lines that end in `+` where the value
 * goes on, and the number of rows in the reader's language; unaligned output
 * has the heading alone.
 */
#include "plan/psql.h"

static struct tl_str trim(struct tl_str s)
{
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\r'))
        s.n--;
    while (s.n && *s.p == ' ') {
        s.p++;
        s.n--;
    }
    return s;
}

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

static bool is_dressing(struct tl_str line)
{
    if (tl_str_is(line, "QUERY PLAN"))
        return true;
    if (line.n > 3 && line.p[0] == '(' && is_digit(line.p[1]) &&
        line.p[line.n - 1] == ')')
        return true;
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != '-' && line.p[i] != '+')
            return false;
    return line.n > 0;
}

static size_t line_end(struct tl_str text, size_t at)
{
    const char *nl = memchr(text.p + at, '\n', text.n - at);

    return nl ? (size_t)(nl - text.p) : text.n;
}

/* The heading stands above the first plan: JSON may speak of it elsewhere. */
static bool has_heading(struct tl_str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t end = line_end(text, at);
        struct tl_str line = trim((struct tl_str){text.p + at, end - at});

        if (tl_str_is(line, "QUERY PLAN"))
            return true;
        if (line.n && (*line.p == '[' || *line.p == '{'))
            return false;
        at = end + 1;
    }
    return false;
}

bool psql_undress(struct tl_str text, struct arena *arena, struct tl_str *out)
{
    *out = text;
    if (!has_heading(text))
        return false;
    char *copy = arena_alloc(arena, text.n + 1);
    memcpy(copy, text.p, text.n);
    copy[text.n] = '\0';
    for (size_t at = 0; at < text.n;) {
        size_t end = line_end(text, at);
        struct tl_str line = trim((struct tl_str){text.p + at, end - at});

        if (is_dressing(line))
            memset(copy + at, ' ', end - at);
        else if (line.n && line.p[line.n - 1] == '+')
            copy[(size_t)(line.p - text.p) + line.n - 1] = ' ';
        at = end + 1;
    }
    *out = (struct tl_str){copy, text.n};
    return true;
}
