/*
 * markup.c - text from inputs that a page of Markdown shows as it is.
 *
 * Mentions, references to issues and links of bare addresses are looked for in
 * the text that was rendered, so that escapes do not help against them: a
 * space of no width stands in those.
 */
#include "report/markup.h"

#include "report/sanitize.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define NO_WIDTH "\xE2\x80\x8B"

static char at(struct tl_str s, size_t i)
{
    return i < s.n ? s.p[i] : '\0';
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '-' || c == '_';
}

/* "@somebody", "#12": the reference begins behind the character. */
static bool begins_reference(struct tl_str s, size_t i)
{
    if (s.p[i] == '#' || s.p[i] == '!' || s.p[i] == '$')
        return isdigit((unsigned char)at(s, i + 1)) != 0;
    return (s.p[i] == '@' || s.p[i] == '~') && is_word(at(s, i + 1));
}

/* At the dot of "www.", the colon of "https://" or "mailto:". */
static bool is_in_address(struct tl_str s, size_t i)
{
    if (s.p[i] == '.')
        return i >= 3 && strncasecmp(s.p + i - 3, "www", 3) == 0;
    if (s.p[i] != ':')
        return false;
    return (at(s, i + 1) == '/' && at(s, i + 2) == '/') ||
           (i >= 6 && strncasecmp(s.p + i - 6, "mailto", 6) == 0) ||
           (i >= 4 && strncasecmp(s.p + i - 4, "xmpp", 4) == 0);
}

static bool needs_gap(struct tl_str s, size_t i)
{
    return begins_reference(s, i) || is_in_address(s, i);
}

void markup_page(struct buf *out, struct tl_str text)
{
    struct buf clean;

    buf_init(&clean, 0);
    sanitize(&clean, text);
    struct tl_str s = buf_view(&clean);
    for (size_t i = 0; i < s.n; i++) {
        if (strchr("\\`*_{}[]<>&|#!~@:$\"'", s.p[i]))
            buf_printf(out, "&#%d;", s.p[i]);
        else
            buf_char(out, s.p[i]);
        if (needs_gap(s, i))
            buf_puts(out, "&#8203;");
    }
    buf_release(&clean);
}

/* What would begin a tag, a character reference, a link or an image. */
static bool opens_markup(struct tl_str s, size_t i)
{
    char next = at(s, i + 1);

    switch (s.p[i]) {
    case '<':
        return isalpha((unsigned char)next) || (next && strchr("/!?", next));
    case '&':
        return isalpha((unsigned char)next) || next == '#';
    case '(':
    case '[':
    case ':':
        return i > 0 && s.p[i - 1] == ']';
    case '\\':
        return ispunct((unsigned char)next) != 0;
    default:
        return false;
    }
}

void markup_message(struct buf *out, struct tl_str text)
{
    struct buf clean;

    buf_init(&clean, 0);
    sanitize(&clean, text);
    struct tl_str s = buf_view(&clean);
    for (size_t i = 0; i < s.n; i++) {
        if (opens_markup(s, i))
            buf_char(out, '\\');
        buf_char(out, s.p[i]);
        if (needs_gap(s, i))
            buf_puts(out, NO_WIDTH);
    }
    buf_release(&clean);
}
