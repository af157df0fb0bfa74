/*
 * ormlog_text.c - pieces of a log's line, colours passed over.
 */
#include "input/ormlog_text.h"

#include "input/ormlog.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <strings.h>

struct tl_str text_from(struct tl_str s, size_t at)
{
    return at < s.n ? (struct tl_str){s.p + at, s.n - at}
                    : (struct tl_str){s.p + s.n, 0};
}

struct tl_str text_between(struct tl_str s, size_t start, size_t end)
{
    return (struct tl_str){s.p + start, end - start};
}

bool text_starts(struct tl_str s, const char *word)
{
    size_t n = strlen(word);

    return s.n >= n && memcmp(s.p, word, n) == 0;
}

size_t text_find(struct tl_str s, size_t at, const char *word)
{
    const char *p =
        at < s.n ? memmem(s.p + at, s.n - at, word, strlen(word)) : NULL;

    return p ? (size_t)(p - s.p) : s.n;
}

size_t text_find_last(struct tl_str s, const char *word)
{
    size_t last = s.n;

    for (size_t at = text_find(s, 0, word); at < s.n;
         at = text_find(s, at + 1, word))
        last = at;
    return last;
}

bool text_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Behind "\033[1;36m", or where it was. */
static size_t behind_colour(struct tl_str s, size_t at)
{
    size_t i = at + 2;

    if (i >= s.n || s.p[at] != '\033' || s.p[at + 1] != '[')
        return at;
    while (i < s.n && (text_is_digit(s.p[i]) || s.p[i] == ';'))
        i++;
    return i < s.n && isalpha((unsigned char)s.p[i]) ? i + 1 : at;
}

size_t text_behind_colours(struct tl_str s, size_t at)
{
    for (size_t next = behind_colour(s, at); next != at;
         next = behind_colour(s, at))
        at = next;
    return at;
}

/* Behind blanks and colours. */
size_t text_behind_space(struct tl_str s, size_t at)
{
    for (;;) {
        size_t next = text_behind_colours(s, at);

        while (next < s.n && text_is_blank(s.p[next]))
            next++;
        if (next == at)
            return at;
        at = next;
    }
}

struct tl_str orm_trim(struct tl_str s)
{
    s = text_from(s, text_behind_space(s, 0));
    while (s.n && (text_is_blank(s.p[s.n - 1]) || s.p[s.n - 1] == ';'))
        s.n--;
    /* A colour ends in a letter too; look for its beginning. */
    size_t room = s.n < 8 ? s.n : 8;
    const char *escape = room ? memrchr(s.p + s.n - room, '\033', room) : NULL;
    if (!escape)
        return s;
    size_t at = (size_t)(escape - s.p);
    if (text_behind_colours(s, at) != s.n)
        return s;
    s.n = at;
    while (s.n && (text_is_blank(s.p[s.n - 1]) || s.p[s.n - 1] == ';'))
        s.n--;
    return s;
}

double text_number(struct tl_str s)
{
    char copy[32];
    char *end;

    if (!s.n || !text_is_digit(s.p[0]))
        return -1;
    size_t n = s.n < sizeof(copy) - 1 ? s.n : sizeof(copy) - 1;
    memcpy(copy, s.p, n);
    copy[n] = '\0';
    double value = strtod(copy, &end);
    return isfinite(value) ? value : -1;
}

size_t text_behind_digits(struct tl_str s, size_t at)
{
    while (at < s.n && (text_is_digit(s.p[at]) || s.p[at] == '.'))
        at++;
    return at;
}

/* ---- is it SQL ---- */

static size_t behind_comments(struct tl_str s, size_t at)
{
    while (at + 1 < s.n && s.p[at] == '/' && s.p[at + 1] == '*') {
        at = text_find(s, at + 2, "*/") + 2;
        while (at < s.n && (text_is_blank(s.p[at]) || s.p[at] == '('))
            at++;
    }
    return at;
}

bool orm_is_sql(struct tl_str s)
{
    static const char *const verbs[] = {
        "select",    "insert",     "update",   "delete",  "with",    "begin",
        "commit",    "rollback",   "start",    "set",     "show",    "release",
        "savepoint", "declare",    "fetch",    "close",   "merge",   "create",
        "alter",     "drop",       "truncate", "call",    "values",  "copy",
        "lock",      "explain",    "reset",    "discard", "do",      "refresh",
        "prepare",   "deallocate", "execute",  "notify",  "analyze", "listen",
    };
    size_t at = 0;

    while (at < s.n && (text_is_blank(s.p[at]) || s.p[at] == '('))
        at++;
    at = behind_comments(s, at);
    size_t end = at;
    while (end < s.n && isalpha((unsigned char)s.p[end]))
        end++;
    /* "Update:" and "SELECT," are no statements. */
    if (end < s.n && !text_is_blank(s.p[end]) &&
        !strchr(";(*'\"\033", s.p[end]))
        return false;
    for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        if (end - at == strlen(verbs[i]) &&
            strncasecmp(s.p + at, verbs[i], end - at) == 0)
            return true;
    return false;
}

bool orm_line_tail(struct tl_str line, const char *tail, struct tl_str *sql,
                   struct tl_str *values)
{
    size_t at = tail ? text_find_last(line, tail) : line.n;

    *sql = text_between(line, 0, at);
    *values = at < line.n ? text_from(line, at + strlen(tail)) : TL_NONE;
    return at < line.n;
}
