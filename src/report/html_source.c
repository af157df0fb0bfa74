/*
 * html_source.c - source lines with numbers, the guilty part marked; and fixes
 * as the lines they change.
 *
 * A line of a log can be a hundred megabytes long: only what is around the
 * mark is looked at.
 */
#include "report/html.h"

#include "report/change.h"

/* Bytes of a line that are shown before the mark and in all. */
#define LEAD 120
#define ROOM 480
/* Longer lines have nothing to say around a mark. */
#define AROUND_ROOM 200

static size_t back_to_character(struct tl_str s, size_t at)
{
    while (at > 0 && at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static void add_part(struct buf *b, struct tl_str line, size_t from, size_t to)
{
    if (to > from)
        html_lines(b, (struct tl_str){line.p + from, to - from});
}

/* The line with from..to marked; an empty mark is a place. */
static void add_marked(struct buf *b, struct tl_str line, size_t from,
                       size_t to, bool has_mark)
{
    size_t first = 0;
    size_t end = line.n;

    if (line.n > ROOM && from > LEAD)
        first = back_to_character(line, from - LEAD);
    if (end - first > ROOM)
        end = back_to_character(line, first + ROOM);
    to = to > end ? end : to;
    from = from > to ? to : from;
    buf_puts(b, first ? "<span class=\"cut\">\xE2\x80\xA6</span>" : "");
    if (has_mark) {
        add_part(b, line, first, from);
        buf_puts(b, from == to ? "<mark class=\"point\">" : "<mark>");
        add_part(b, line, from, to);
        buf_puts(b, "</mark>");
        first = to;
    }
    add_part(b, line, first, end);
    buf_puts(b, end < line.n ? "<span class=\"cut\">\xE2\x80\xA6</span>" : "");
}

static void begin_line(struct buf *b, uint32_t number, const char *class)
{
    buf_printf(b, "<span class=\"%s\" data-n=\"%u\">", class, number);
}

static void add_context(struct buf *b, struct source *s, uint32_t number)
{
    struct tl_str line = source_line(s, number);

    begin_line(b, number, "l near");
    if (line.n <= AROUND_ROOM)
        html_lines(b, line);
    else
        html_clipped(b, line, AROUND_ROOM);
    buf_puts(b, "</span>");
}

static size_t skip_blanks(struct tl_str line, size_t from, size_t to)
{
    while (from < to && (line.p[from] == ' ' || line.p[from] == '\t'))
        from++;
    return from;
}

static void add_line(struct buf *b, struct source *s, struct tl_span span,
                     uint32_t number, bool is_first)
{
    struct tl_str line = source_line(s, number);
    uint64_t start =
        number == 1 ? source_bom(s->text) : source_line_start(s, number);
    size_t from = span.start > start ? span.start - start : 0;
    size_t to = span.end > start ? span.end - start : 0;

    to = to > line.n ? line.n : to;
    from = from > to ? to : from;
    if (!is_first)
        from = skip_blanks(line, from, to);
    begin_line(b, number, "l");
    add_marked(b, line, from, to, is_first || from < to);
    buf_puts(b, "</span>");
}

/* Does the line stand between short ones? Those of a log tell other stories. */
static bool is_short(struct source *s, uint32_t number)
{
    return source_line(s, number).n <= AROUND_ROOM;
}

void html_excerpt(struct buf *b, struct source *s, struct tl_span span,
                  unsigned most_lines, unsigned around)
{
    span = report_span(s, span);
    uint64_t last_byte = span.end > span.start ? span.end - 1 : span.end;
    uint32_t first = source_position(s, span.start, SOURCE_BYTES).line;
    uint32_t last = source_position(s, last_byte, SOURCE_BYTES).line;
    uint32_t shown = last - first >= most_lines ? first + most_lines - 1 : last;

    if (!is_short(s, first))
        around = 0;
    buf_puts(b, "<pre class=\"src\"><code>");
    for (uint32_t n = first > around ? first - around : 1; n < first; n++)
        add_context(b, s, n);
    for (uint32_t n = first; n <= shown; n++)
        add_line(b, s, span, n, n == first);
    if (shown < last)
        buf_printf(b,
                   "<span class=\"l more\">\xE2\x80\xA6 %u more line%s</span>",
                   last - shown, last - shown == 1 ? "" : "s");
    for (uint32_t n = last + 1;
         shown == last && n <= last + around && n <= source_line_count(s); n++)
        if (source_line_start(s, n) < s->text.n)
            add_context(b, s, n);
    buf_puts(b, "</code></pre>\n");
}

static void add_changed(void *arg, const struct change_line *line)
{
    struct buf *b = arg;
    const char *class = line->removed ? "l del" : "l ins";

    if (line->more) {
        buf_printf(b, "<span class=\"%s\">\xE2\x80\xA6 %zu more</span>", class,
                   line->more);
        return;
    }
    if (line->number)
        begin_line(b, line->number, class);
    else
        buf_printf(b, "<span class=\"%s\">", class);
    buf_puts(b, line->removed ? "<del>" : "<ins>");
    buf_puts(b, line->cut ? "<span class=\"cut\">\xE2\x80\xA6</span>" : "");
    add_marked(b, line->text, 0, 0, false);
    buf_puts(b, line->removed ? "</del></span>" : "</ins></span>");
}

void html_change(struct buf *b, struct source *home, const struct tl_fix *fix)
{
    struct buf lines;

    buf_init(&lines, 0);
    change_each(home, fix, ROOM, add_changed, &lines);
    if (lines.n) {
        buf_puts(b, "<pre class=\"src diff\"><code>");
        buf_str(b, buf_view(&lines));
        buf_puts(b, "</code></pre>\n");
    }
    buf_release(&lines);
}
