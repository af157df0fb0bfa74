/*
 * text.c - a text that is edited, and positions in it.
 *
 * The lines are found as far as somebody asks, and forgotten behind an edit:
 * many edits from the end to the begin, as editors send them, cost little.
 */
#include "lsp/text.h"

#include "base/utf8.h"

#include <string.h>

void text_view(struct text *t, struct tl_str s)
{
    memset(t, 0, sizeof(*t));
    t->s = s;
    vec_push(&t->lines, 0);
}

void text_copy(struct text *t, struct tl_str s)
{
    text_view(t, TL_STR(""));
    text_replace(t, 0, 0, s);
}

void text_release(struct text *t)
{
    mem_free(t->owned);
    vec_release(&t->lines);
}

/* Finds lines until one begins behind `offset`, or there are `lines`. */
static void index_to(struct text *t, size_t offset, uint64_t lines)
{
    while (t->seen < t->s.n && *vec_last(&t->lines) <= offset &&
           t->lines.n <= lines) {
        char c = t->s.p[t->seen++];
        bool is_end =
            c == '\n' ||
            (c == '\r' && (t->seen == t->s.n || t->s.p[t->seen] != '\n'));

        if (is_end)
            vec_push(&t->lines, t->seen);
    }
}

/* Where the line ends, its line end not included. */
static size_t line_end(struct text *t, uint64_t line)
{
    index_to(t, SIZE_MAX, line + 1);
    if (line + 1 >= t->lines.n)
        return t->s.n;
    size_t end = t->lines.v[line + 1] - 1;
    return end > t->lines.v[line] && t->s.p[end] == '\n' &&
                   t->s.p[end - 1] == '\r'
               ? end - 1
               : end;
}

static size_t units(uint32_t codepoint, size_t bytes, enum encoding e)
{
    switch (e) {
    case ENCODING_UTF8:
        return bytes;
    case ENCODING_UTF32:
        return 1;
    case ENCODING_UTF16:
        break;
    }
    return codepoint > 0xFFFF ? 2 : 1;
}

size_t text_offset(struct text *t, struct place p, enum encoding e)
{
    index_to(t, SIZE_MAX, p.line);
    if (p.line >= t->lines.n)
        return t->s.n;
    size_t end = line_end(t, p.line);
    size_t at = t->lines.v[p.line];
    uint64_t left = p.character;

    while (at < end) {
        uint32_t c;
        size_t n = utf8_next((struct tl_str){t->s.p + at, end - at}, &c);
        size_t u = units(c, n, e);

        if (left < u)
            break;
        left -= u;
        at += n;
    }
    return at;
}

/* The last line that begins at or before the offset. */
static size_t line_at(struct text *t, size_t offset)
{
    size_t low = 0;
    size_t high;

    index_to(t, offset, UINT64_MAX);
    high = t->lines.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (t->lines.v[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

struct place text_place(struct text *t, size_t offset, enum encoding e)
{
    if (offset > t->s.n)
        offset = t->s.n;
    size_t line = line_at(t, offset);
    size_t end = line_end(t, line);
    size_t at = t->lines.v[line];
    struct place p = {line, 0};

    if (end > offset)
        end = offset;
    while (at < end) {
        uint32_t c;
        size_t n = utf8_next((struct tl_str){t->s.p + at, t->s.n - at}, &c);

        if (at + n > end)
            break;
        p.character += units(c, n, e);
        at += n;
    }
    return p;
}

/* The line that the edit is in is found anew, and the one before: a line feed
   may join the carriage return that ends it. */
static void forget_lines(struct text *t, size_t offset)
{
    while (t->lines.n > 1 && *vec_last(&t->lines) >= offset)
        t->lines.n--;
    if (t->seen >= offset)
        t->seen = *vec_last(&t->lines);
}

void text_replace(struct text *t, size_t start, size_t end, struct tl_str by)
{
    if (end > t->s.n)
        end = t->s.n;
    if (start > end)
        start = end;
    size_t n = t->s.n - (end - start) + by.n;
    if (n > t->cap || !t->owned) {
        t->cap = n + n / 4 + 64;
        t->owned = mem_realloc(t->owned, t->cap);
    }
    forget_lines(t, start);
    memmove(t->owned + start + by.n, t->owned + end, t->s.n - end);
    if (by.n)
        memcpy(t->owned + start, by.p, by.n);
    t->s = (struct tl_str){t->owned, n};
}
