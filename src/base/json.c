/*
 * json.c - a streaming JSON writer.
 */
#include "base/json.h"

#include "base/err.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void json_init(struct json *j, struct buf *out, bool pretty)
{
    memset(j, 0, sizeof(*j));
    j->out = out;
    j->pretty = pretty;
}

static void new_line(struct json *j)
{
    if (!j->pretty)
        return;
    buf_char(j->out, '\n');
    for (int i = 0; i < j->depth; i++)
        buf_puts(j->out, "  ");
}

/* What stands before any value: a comma, a line, or nothing after a key. */
static void before_value(struct json *j)
{
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    if (j->depth == 0)
        return;
    if (j->has_member[j->depth])
        buf_char(j->out, ',');
    j->has_member[j->depth] = true;
    new_line(j);
}

static void begin(struct json *j, char c)
{
    before_value(j);
    buf_char(j->out, c);
    INVARIANT(j->depth + 1 < JSON_DEPTH);
    j->has_member[++j->depth] = false;
}

static void end(struct json *j, char c)
{
    INVARIANT(j->depth > 0 && !j->after_key);
    bool any = j->has_member[j->depth];
    j->depth--;
    if (any)
        new_line(j);
    buf_char(j->out, c);
}

void json_begin_object(struct json *j)
{
    begin(j, '{');
}

void json_end_object(struct json *j)
{
    end(j, '}');
}

void json_begin_array(struct json *j)
{
    begin(j, '[');
}

void json_end_array(struct json *j)
{
    end(j, ']');
}

static void escaped(struct buf *out, uint32_t c)
{
    static const char names[] = "\b\f\n\r\t\"\\";
    static const char letters[] = "bfnrt\"\\";
    const char *at = c && c < 0x80 ? strchr(names, (int)c) : NULL;

    if (at)
        buf_printf(out, "\\%c", letters[at - names]);
    else if (c < 0x10000)
        buf_printf(out, "\\u%04x", c);
    else
        buf_printf(out, "\\u%04x\\u%04x", 0xD7C0 + (c >> 10),
                   0xDC00 + (c & 0x3FF));
}

/* Runners of CI obey "##[" and "##vso[" wherever they stand in a log. */
static bool completes_command(struct tl_str s, size_t at)
{
    if (at < 2 || s.p[at - 1] != '#' || s.p[at - 2] != '#')
        return false;
    return s.p[at] == '[' || s.p[at] == 'v' || s.p[at] == 'V';
}

static bool is_plain(struct tl_str s, size_t at)
{
    unsigned char c = (unsigned char)s.p[at];

    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' &&
           !completes_command(s, at);
}

/* Runs of plain bytes are added at once. */
static void quoted(struct buf *out, struct tl_str s)
{
    size_t from = 0;
    size_t i = 0;

    buf_char(out, '"');
    while (i < s.n) {
        uint32_t c;

        if (is_plain(s, i)) {
            i++;
            continue;
        }
        size_t n = utf8_next((struct tl_str){s.p + i, s.n - i}, &c);
        bool invalid = (unsigned char)s.p[i] >= 0x80 && n == 1;
        if (n > 1 && !utf8_is_hidden(c)) {
            i += n;
            continue;
        }
        buf_add(out, s.p + from, i - from);
        if (invalid)
            buf_puts(out, "\xEF\xBF\xBD");
        else
            escaped(out, c);
        from = i += n;
    }
    if (from < s.n)
        buf_add(out, s.p + from, s.n - from);
    buf_char(out, '"');
}

void json_key(struct json *j, const char *key)
{
    before_value(j);
    quoted(j->out, (struct tl_str){key, strlen(key)});
    buf_puts(j->out, j->pretty ? ": " : ":");
    j->after_key = true;
}

void json_str(struct json *j, struct tl_str s)
{
    before_value(j);
    quoted(j->out, s);
}

void json_cstr(struct json *j, const char *s)
{
    if (s)
        json_str(j, (struct tl_str){s, strlen(s)});
    else
        json_null(j);
}

void json_int(struct json *j, int64_t n)
{
    before_value(j);
    buf_printf(j->out, "%" PRId64, n);
}

/* The shortest text that reads back as the same number. */
void json_double(struct json *j, double d)
{
    char text[40];

    if (!isfinite(d)) {
        json_null(j);
        return;
    }
    before_value(j);
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof(text), "%.*g", digits, d);
        if (strtod(text, NULL) == d)
            break;
    }
    /* A host program's locale may write the point as a comma. */
    char *comma = strchr(text, ',');
    if (comma)
        *comma = '.';
    buf_puts(j->out, text);
}

void json_bool(struct json *j, bool b)
{
    before_value(j);
    buf_puts(j->out, b ? "true" : "false");
}

void json_null(struct json *j)
{
    before_value(j);
    buf_puts(j->out, "null");
}

void json_raw(struct json *j, struct tl_str s)
{
    before_value(j);
    buf_str(j->out, s);
}
