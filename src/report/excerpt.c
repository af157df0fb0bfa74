/*
 * excerpt.c - source lines with marks under what is meant.
 *
 * Only what fits the width is ever looked at: a line of a log can be a
 * hundred megabytes long.
 */
#include "report/excerpt.h"

#include "report/sanitize.h"

#define TAB 4
#define MAX_LINES 4
/* Columns of the line that are kept before the mark when it is cut. */
#define LEAD 24

/* One line being drawn: its text and the marks below, side by side. */
struct drawing {
    struct buf text;
    struct buf marks;
    size_t column;
    size_t room;
    size_t point; /* the column of an empty mark, or SIZE_MAX */
};

static void pad(struct buf *b, char ch, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_char(b, ch);
}

/* The character at `at`, as it is shown; bytes read. */
static size_t draw_char(struct drawing *d, struct tl_str line, size_t at,
                        bool marked)
{
    char shown[SANITIZE_MAX];
    size_t width;
    size_t read;

    if (line.p[at] == '\t') {
        width = TAB - d->column % TAB;
        read = 1;
        pad(&d->text, ' ', width);
    } else {
        read = sanitize_next(line, at, shown, &width);
        buf_puts(&d->text, shown);
    }
    pad(&d->marks, marked ? '^' : ' ', width);
    d->column += width;
    return read;
}

static size_t back_over(struct tl_str line, size_t at, size_t characters)
{
    while (at > 0 && characters > 0) {
        at--;
        if (((unsigned char)line.p[at] & 0xC0) != 0x80)
            characters--;
    }
    return at;
}

/* Where to begin so that the mark is in sight. */
static size_t first_shown(struct tl_str line, size_t from, size_t to,
                          size_t room)
{
    size_t marked = to - from < room ? to - from : room;

    /* Bytes are at least as many as columns, but for tabs and escapes. */
    if (from + marked <= room)
        return 0;
    return back_over(line, from, LEAD);
}

static void draw_line(struct drawing *d, struct tl_str line, size_t from,
                      size_t to)
{
    size_t at = first_shown(line, from, to, d->room);

    if (at > 0) {
        buf_puts(&d->text, "\xE2\x80\xA6");
        pad(&d->marks, ' ', 1);
        d->column = 1;
    }
    while (at < line.n && d->column + 1 < d->room) {
        /* An empty span is a place between two characters. */
        if (from == to && at == from)
            d->point = d->column;
        at += draw_char(d, line, at, at >= from && at < to);
    }
    if (from == to && at == from)
        d->point = d->column;
    if (at < line.n)
        buf_puts(&d->text, "\xE2\x80\xA6");
    if (d->point != SIZE_MAX) {
        buf_clear(&d->marks);
        pad(&d->marks, ' ', d->point);
        buf_char(&d->marks, '^');
    }
}

static void trim_right(struct buf *b)
{
    while (b->n && b->p[b->n - 1] == ' ')
        b->p[--b->n] = '\0';
}

static void write_line(struct buf *out, const struct excerpt_style *style,
                       uint32_t number, struct tl_str line, size_t from,
                       size_t to)
{
    struct drawing d = {.room = style->width > style->gutter + 24
                                    ? style->width - style->gutter - 4
                                    : 20,
                        .point = SIZE_MAX};

    buf_init(&d.text, 0);
    buf_init(&d.marks, 0);
    draw_line(&d, line, from, to);
    trim_right(&d.text);
    trim_right(&d.marks);
    buf_printf(out, "%s%*u |%s", style->number, (int)style->gutter + 1, number,
               style->reset);
    if (d.text.n) {
        buf_char(out, ' ');
        buf_str(out, buf_view(&d.text));
    }
    buf_char(out, '\n');
    if (d.marks.n) {
        buf_printf(out, "%s%*s |%s %s", style->number,
                   (int)style->gutter + 1, "", style->reset, style->mark);
        buf_str(out, buf_view(&d.marks));
        buf_printf(out, "%s\n", style->reset);
    }
    buf_release(&d.text);
    buf_release(&d.marks);
}

/* Blanks that only indent are not meant. */
static size_t skip_blanks(struct tl_str line, size_t from, size_t to)
{
    while (from < to && (line.p[from] == ' ' || line.p[from] == '\t'))
        from++;
    return from;
}

void excerpt_write(struct buf *out, struct source *s, struct tl_span span,
                   const struct excerpt_style *style)
{
    uint32_t first = source_position(s, span.start, SOURCE_BYTES).line;
    uint64_t last_byte = span.end > span.start ? span.end - 1 : span.end;
    uint32_t last = source_position(s, last_byte, SOURCE_BYTES).line;

    for (uint32_t n = first; n <= last; n++) {
        if (n - first == MAX_LINES - 1 && n < last) {
            buf_printf(out, "%s%*s |%s ...\n", style->number,
                       (int)style->gutter + 1, "", style->reset);
            return;
        }
        struct tl_str line = source_line(s, n);
        uint64_t start = source_line_start(s, n);
        size_t from = span.start > start ? span.start - start : 0;
        size_t to = span.end - start < line.n ? span.end - start : line.n;

        if (from > line.n)
            from = line.n;
        if (to < from)
            to = from;
        if (n > first)
            from = skip_blanks(line, from, to);
        write_line(out, style, n, line, from, to);
    }
}
