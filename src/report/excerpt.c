/*
 * excerpt.c - source lines with marks under what is meant.
 *
 * Only what fits the width is ever looked at: a line of a log can be a
 * hundred megabytes long.
 */
#include "report/excerpt.h"

#include "report/sanitize.h"

#define TAB 4
/* Columns of the line that are kept before the mark when it is cut. */
#define LEAD 24

/* One line being drawn: its text and the marks below, side by side. */
struct drawing {
    struct buf text;
    struct buf marks;
    size_t column;
    size_t room;
    char under;
    bool wants_point; /* an empty mark is a place between two characters */
    size_t point;     /* its column, or SIZE_MAX */
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
    size_t width;
    size_t read;

    if (line.p[at] == '\t') {
        width = TAB - d->column % TAB;
        read = 1;
        pad(&d->text, ' ', width);
    } else {
        char shown[SANITIZE_MAX];

        read = sanitize_next(line, at, shown, &width);
        buf_puts(&d->text, shown);
    }
    pad(&d->marks, marked ? d->under : ' ', width);
    d->column += width;
    return read;
}

static size_t columns_at(struct tl_str line, size_t at, size_t *read)
{
    char shown[SANITIZE_MAX];
    size_t width;

    if (line.p[at] == '\t') {
        *read = 1;
        return TAB;
    }
    *read = sanitize_next(line, at, shown, &width);
    return width;
}

/* Does what lies before `to` fit in so many columns? */
static bool fits(struct tl_str line, size_t to, size_t room)
{
    size_t columns = 0;
    size_t read;

    for (size_t at = 0; at < to && columns <= room; at += read)
        columns += columns_at(line, at, &read);
    return columns <= room;
}

/* Back from the mark over what takes LEAD columns. */
static size_t lead_of(struct tl_str line, size_t at)
{
    size_t columns = 0;
    size_t first = at;
    size_t read;

    while (first > 0) {
        size_t before = first - 1;

        /* A character is four bytes at most; damaged bytes are their own. */
        while (before > 0 && first - before < 4 &&
               ((unsigned char)line.p[before] & 0xC0) == 0x80)
            before--;
        columns += columns_at(line, before, &read);
        if (columns > LEAD)
            break;
        first = before;
    }
    return first;
}

/* Where to begin so that the mark is in sight. */
static size_t first_shown(struct tl_str line, size_t from, size_t to,
                          size_t room)
{
    size_t wanted = to - from < room / 2 ? to : from + room / 2;

    if (fits(line, wanted, room - 2))
        return 0;
    return lead_of(line, from);
}

/* For the character, and for a sign that there is more. */
static bool has_room(const struct drawing *d, struct tl_str line, size_t at)
{
    size_t read;
    size_t width = line.p[at] == '\t' ? TAB - d->column % TAB
                                      : columns_at(line, at, &read);

    return d->column + width < d->room;
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
    while (at < line.n && has_room(d, line, at)) {
        if (d->wants_point && from == to && at == from)
            d->point = d->column;
        at += draw_char(d, line, at, at >= from && at < to);
    }
    if (d->wants_point && from == to && at == from)
        d->point = d->column;
    if (at < line.n)
        buf_puts(&d->text, "\xE2\x80\xA6");
    if (d->point != SIZE_MAX) {
        buf_clear(&d->marks);
        pad(&d->marks, ' ', d->point);
        buf_char(&d->marks, d->under);
    }
}

static void trim_right(struct buf *b)
{
    while (b->n && b->p[b->n - 1] == ' ')
        b->p[--b->n] = '\0';
}

size_t excerpt_room(const struct excerpt_style *style)
{
    size_t taken = (size_t)style->gutter + 4;

    return style->width > taken + 20 ? style->width - taken : 20;
}

void excerpt_line(struct buf *out, struct tl_str line, size_t room)
{
    struct drawing d = {.room = room, .under = ' ', .point = SIZE_MAX};

    buf_init(&d.text, 0);
    buf_init(&d.marks, 0);
    draw_line(&d, line, 0, line.n);
    trim_right(&d.text);
    buf_str(out, buf_view(&d.text));
    buf_release(&d.text);
    buf_release(&d.marks);
}

static void write_line(struct buf *out, const struct excerpt_style *style,
                       uint32_t number, struct tl_str line, size_t from,
                       size_t to, bool wants_point)
{
    struct drawing d = {.room = excerpt_room(style),
                        .under = style->under,
                        .wants_point = wants_point,
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
        buf_printf(out, "%s%*s |%s %s", style->number, (int)style->gutter + 1,
                   "", style->reset, style->mark);
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

    /* Room for one line is for the line where it begins. */
    if (style->max_lines == 1)
        last = first;
    for (uint32_t n = first; n <= last; n++) {
        if (n < last && n - first + 1 >= style->max_lines) {
            buf_printf(out, "%s%*s |%s ...\n", style->number,
                       (int)style->gutter + 1, "", style->reset);
            return;
        }
        struct tl_str line = source_line(s, n);
        uint64_t start = source_line_start(s, n);

        /* A byte order mark is no part of its line. */
        if (n == 1)
            start = source_bom(s->text);
        size_t from = span.start > start ? span.start - start : 0;
        size_t to = span.end > start ? span.end - start : 0;

        if (to > line.n)
            to = line.n;
        if (from > line.n)
            from = line.n;
        if (to < from)
            to = from;
        if (n > first)
            from = skip_blanks(line, from, to);
        write_line(out, style, n, line, from, to, n == first);
    }
}
