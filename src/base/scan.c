/*
 * scan.c - JSON's tokens (RFC 8259), one at a time.
 */
#include "base/scan.h"

#include <math.h>
#include <stdlib.h>

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

static bool is_punct(char ch)
{
    return ch == '{' || ch == '}' || ch == '[' || ch == ']' || ch == ':' ||
           ch == ',';
}

static bool is_digit(char ch)
{
    return ch >= '0' && ch <= '9';
}

static bool is_number_byte(char ch)
{
    return is_digit(ch) || ch == '.' || ch == '-' || ch == '+' || ch == 'e' ||
           ch == 'E';
}

static bool is_letter(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z');
}

/* ---- eight bytes at once: plans are mostly blanks and long keys ---- */

#define EIGHT ((size_t)8)
#define EACH_BYTE 0x0101010101010101u

static uint64_t eight_at(struct tl_str s, size_t at)
{
    uint64_t bytes;

    memcpy(&bytes, s.p + at, sizeof(bytes));
    return bytes;
}

/* Not 0 when one of the bytes is that character. */
static uint64_t has_byte(uint64_t bytes, unsigned char ch)
{
    uint64_t zeroes = bytes ^ (EACH_BYTE * ch);

    return (zeroes - EACH_BYTE) & ~zeroes & (EACH_BYTE * 0x80);
}

static size_t blanks_end(struct tl_str s, size_t at)
{
    for (; at < s.n && is_blank(s.p[at]); at++)
        while (s.n - at > EIGHT && eight_at(s, at + 1) == EACH_BYTE * ' ')
            at += EIGHT;
    return at;
}

/* The first byte that may end a string or be more than one of its bytes, or a
   few before it. */
static size_t plain_end(struct tl_str s, size_t at)
{
    while (s.n - at >= EIGHT) {
        uint64_t bytes = eight_at(s, at);

        if (has_byte(bytes, '"') | has_byte(bytes, '\\') |
            has_byte(bytes, '\n'))
            break;
        at += EIGHT;
    }
    return at;
}

/* Behind the closing quote, or 0 when there is none. */
static size_t string_end(struct tl_str s, size_t at)
{
    at = plain_end(s, at);
    while (at < s.n && s.p[at] != '"') {
        /* A line break inside a string is an open quote, not a long string. */
        if (s.p[at] == '\n')
            return 0;
        at += s.p[at] == '\\' ? 2 : 1;
    }
    return at < s.n ? at + 1 : 0;
}

static struct scan_token token(struct scan *s, enum scan_kind kind, size_t end)
{
    struct scan_token t = {.kind = kind, .start = s->at, .end = end};

    s->at = end;
    return t;
}

struct scan_token scan_next(struct scan *s)
{
    struct tl_str text = s->text;

    s->at = blanks_end(text, s->at);
    if (s->at >= text.n)
        return (struct scan_token){SCAN_END, text.n, text.n, 0};
    char ch = text.p[s->at];
    size_t end = s->at + 1;
    if (is_punct(ch)) {
        struct scan_token t = token(s, SCAN_PUNCT, end);

        t.punct = ch;
        return t;
    }
    if (ch == '"') {
        size_t close = string_end(text, end);

        return close ? token(s, SCAN_STRING, close) : token(s, SCAN_BAD, end);
    }
    if (ch == '-' || is_digit(ch)) {
        while (end < text.n && is_number_byte(text.p[end]))
            end++;
        return token(s, SCAN_NUMBER, end);
    }
    if (is_letter(ch)) {
        while (end < text.n && is_letter(text.p[end]))
            end++;
        struct scan_token t = token(s, SCAN_WORD, end);
        bool known = scan_is_word(s, t, "true") ||
                     scan_is_word(s, t, "false") || scan_is_word(s, t, "null");
        t.kind = known ? SCAN_WORD : SCAN_BAD;
        return t;
    }
    return token(s, SCAN_BAD, end);
}

bool scan_is_word(const struct scan *s, struct scan_token t, const char *word)
{
    return tl_str_is((struct tl_str){s->text.p + t.start, t.end - t.start},
                     word);
}

/*
 * Nearly all numbers are short and have no exponent: digits that a double
 * holds, divided by a power of ten that it holds, which rounds once and so
 * gives what strtod() gives.
 */
static bool short_number(struct tl_str s, double *out)
{
    static const double tens[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *p = s.p + (s.n && s.p[0] == '-');
    const char *end = s.p + s.n;
    const char *point = NULL;
    double value = 0;

    if (end - p > 15 || p == end || !is_digit(*p) || !is_digit(end[-1]))
        return false;
    for (; p < end; p++) {
        if (is_digit(*p))
            value = value * 10 + (*p - '0');
        else if (*p == '.' && !point)
            point = p + 1;
        else
            return false;
    }
    value /= tens[point ? end - point : 0];
    *out = s.p[0] == '-' ? -value : value;
    return true;
}

double scan_number(const struct scan *s, struct scan_token t)
{
    char digits[64];
    size_t n = t.end - t.start;
    char *end;

    if (t.kind != SCAN_NUMBER || n >= sizeof(digits))
        return (double)NAN;
    double value;
    if (short_number((struct tl_str){s->text.p + t.start, n}, &value))
        return value;
    memcpy(digits, s->text.p + t.start, n);
    digits[n] = '\0';
    value = strtod(digits, &end);
    return *end || !isfinite(value) ? (double)NAN : value;
}

/* ---- strings ---- */

static unsigned hex_value(const char *p)
{
    unsigned v = 0;

    for (int i = 0; i < 4; i++) {
        char ch = p[i];
        unsigned digit = ch >= '0' && ch <= '9'   ? (unsigned)(ch - '0')
                         : ch >= 'a' && ch <= 'f' ? (unsigned)(ch - 'a') + 10
                         : ch >= 'A' && ch <= 'F' ? (unsigned)(ch - 'A') + 10
                                                  : 0;
        v = v * 16 + digit;
    }
    return v;
}

static char *put_utf8(char *out, unsigned c)
{
    if (c < 0x80) {
        *out++ = (char)c;
    } else if (c < 0x800) {
        *out++ = (char)(0xC0 | (c >> 6));
        *out++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *out++ = (char)(0xE0 | (c >> 12));
        *out++ = (char)(0x80 | ((c >> 6) & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    } else {
        *out++ = (char)(0xF0 | (c >> 18));
        *out++ = (char)(0x80 | ((c >> 12) & 0x3F));
        *out++ = (char)(0x80 | ((c >> 6) & 0x3F));
        *out++ = (char)(0x80 | (c & 0x3F));
    }
    return out;
}

/* The character of \uXXXX at `at` (its four digits); *used says how many bytes
   it takes. */
static unsigned unicode_escape(struct tl_str s, size_t at, size_t *used)
{
    unsigned c = hex_value(s.p + at);

    *used = 4;
    if (c < 0xD800 || c > 0xDFFF)
        return c;
    bool pair = c < 0xDC00 && at + 10 <= s.n && s.p[at + 4] == '\\' &&
                s.p[at + 5] == 'u';
    unsigned low = pair ? hex_value(s.p + at + 6) : 0;
    if (low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    *used = 10;
    return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
}

struct tl_str scan_string(const struct scan *s, struct scan_token t,
                          struct arena *arena)
{
    static const char from[] = "bfnrt";
    static const char to[] = "\b\f\n\r\t";
    struct tl_str in = {s->text.p + t.start + 1, t.end - t.start - 2};

    if (!in.n)
        return TL_NONE;
    if (!memchr(in.p, '\\', in.n))
        return arena_str(arena, in);
    char *out = arena_alloc(arena, in.n + 1);
    char *p = out;
    for (size_t i = 0; i < in.n;) {
        if (in.p[i] != '\\' || i + 1 >= in.n) {
            *p++ = in.p[i++];
            continue;
        }
        char ch = in.p[i + 1];
        const char *known = ch ? strchr(from, ch) : NULL;
        i += 2;
        /* One that is cut off stays as it is: its character would need more
           room than it has. A whole one is never shorter than that. */
        if (ch == 'u' && i + 4 <= in.n) {
            size_t used;

            p = put_utf8(p, unicode_escape(in, i, &used));
            i += used;
        } else {
            *p++ = known ? to[known - from] : ch;
        }
    }
    *p = '\0';
    return (struct tl_str){out, (size_t)(p - out)};
}

void scan_skip(struct scan *s, struct scan_token t)
{
    size_t depth = 0;

    for (;;) {
        if (t.kind == SCAN_END || t.kind == SCAN_BAD)
            return;
        if (t.kind == SCAN_PUNCT && (t.punct == '{' || t.punct == '['))
            depth++;
        else if (t.kind == SCAN_PUNCT && (t.punct == '}' || t.punct == ']'))
            depth -= depth > 0;
        if (depth == 0)
            return;
        t = scan_next(s);
    }
}
