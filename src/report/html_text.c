/*
 * html_text.c - text from inputs as HTML that is nothing but text.
 */
#include "report/html.h"

#include "report/sanitize.h"

/* What an element or a quoted attribute would read as markup. */
static const char *reference(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void add_shown(struct buf *b, const char *shown)
{
    for (; *shown; shown++) {
        const char *escaped = reference(*shown);

        if (escaped)
            buf_puts(b, escaped);
        else
            buf_char(b, *shown);
    }
}

/* Is it shown as what it is? A byte of ASCII is when it is one still. */
static bool is_itself(struct tl_str s, size_t at, size_t read,
                      const char *shown)
{
    return strncmp(shown, s.p + at, read) == 0 && !shown[read];
}

/* A page on standard output passes a runner that obeys ##[error] in a log. */
static bool is_hash_pair(struct tl_str s, size_t at)
{
    return s.p[at] == '#' && at + 1 < s.n && s.p[at + 1] == '#';
}

static size_t plain_length(struct tl_str s, size_t at)
{
    size_t end = at;

    while (end < s.n && s.p[end] >= ' ' && s.p[end] < 0x7F &&
           !reference(s.p[end]) && !is_hash_pair(s, end))
        end++;
    return end - at;
}

static void add(struct buf *b, struct tl_str s, const char *kept)
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
        if (is_hash_pair(s, at)) {
            buf_puts(b, "&#35;");
            at++;
            continue;
        }
        if (s.p[at] && strchr(kept, s.p[at])) {
            buf_char(b, s.p[at++]);
            continue;
        }
        struct tl_str one = {s.p + at, s.n - at < 4 ? s.n - at : 4};
        size_t read = sanitize_next(one, 0, shown, &width);
        bool hidden = !is_itself(s, at, read, shown);

        buf_puts(b, hidden ? "<span class=\"hid\">" : "");
        add_shown(b, shown);
        buf_puts(b, hidden ? "</span>" : "");
        at += read;
    }
}

void html_text(struct buf *b, struct tl_str s)
{
    add(b, s, "");
}

void html_lines(struct buf *b, struct tl_str s)
{
    add(b, s, "\n\t");
}

void html_clipped(struct buf *b, struct tl_str s, size_t most)
{
    size_t n = s.n > most ? most : s.n;

    while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    html_text(b, (struct tl_str){s.p, n});
    if (n < s.n)
        buf_puts(b, "<span class=\"cut\">\xE2\x80\xA6</span>");
}

void html_path(struct buf *b, const char *path)
{
    const char *slash;

    while ((slash = strchr(path, '/'))) {
        html_text(b, (struct tl_str){path, (size_t)(slash - path) + 1});
        buf_puts(b, "<wbr>");
        path = slash + 1;
    }
    html_text(b, tl_str_c(path));
}

void html_number(struct buf *b, uint64_t n)
{
    if (n >= 1000) {
        html_number(b, n / 1000);
        buf_printf(b, ",%03u", (unsigned)(n % 1000));
    } else {
        buf_printf(b, "%u", (unsigned)n);
    }
}

void html_count(struct buf *b, uint64_t n, const char *one)
{
    html_number(b, n);
    buf_printf(b, " %s%s", one, n == 1 ? "" : "s");
}

void html_ms(struct buf *b, double ms)
{
    if (ms >= 10000)
        buf_printf(b, "%.1f s", ms / 1000);
    else
        buf_printf(b, ms < 10 ? "%.2f ms" : "%.1f ms", ms);
}

void html_percent(struct buf *b, double part, double whole)
{
    double share = whole > 0 && part > 0 ? 100 * part / whole : 0;

    buf_printf(b, "%.2f%%", share > 100 ? 100 : share);
}

void html_bar(struct buf *b, const char *class, double part, double whole)
{
    buf_printf(b, "<svg class=\"bar %s\" aria-hidden=\"true\"><rect width=\"",
               class);
    html_percent(b, part, whole);
    buf_puts(b, "\" height=\"100%\"/></svg>");
}
