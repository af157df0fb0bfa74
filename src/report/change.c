/*
 * change.c - a fix as the lines it changes.
 *
 * Edits that touch the same lines are shown together. Of a long line only the
 * surroundings of its edits are looked at, so that the cost is bounded by what
 * is shown.
 */
#include "report/change.h"

#include "base/vec.h"

/* Text that one place may have, before or after. */
#define MAX_BYTES 4096
#define MAX_PLACES 3
#define MAX_LINES 6
/* Bytes of a long line that are kept before and behind its edits. */
#define LEAD 24
#define TAIL 200

struct line_list {
    VEC(struct tl_str) lines;
};

/* Edits on lines that touch, and the region of the source they are seen in. */
struct place {
    const struct tl_edit *first;
    const struct tl_edit *behind; /* the first edit that is not of it */
    uint64_t from;
    uint64_t to;
    uint32_t line;
    bool cut; /* does not begin at the line's beginning */
};

static uint32_t line_at(struct source *s, uint64_t offset)
{
    return source_position(s, offset, SOURCE_BYTES).line;
}

/* Behind the byte order mark, which is no part of the first line. */
static uint64_t line_start(struct source *s, uint32_t line)
{
    return line == 1 ? source_bom(s->text) : source_line_start(s, line);
}

static uint64_t line_end(struct source *s, uint32_t line)
{
    return line_start(s, line) + source_line(s, line).n;
}

static uint64_t back_to_character(const struct source *s, uint64_t at)
{
    while (at > 0 && at < s->text.n &&
           ((unsigned char)s->text.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static struct place find_place(struct source *s, const struct tl_edit *edit,
                               size_t room)
{
    struct place p = {.first = edit, .line = line_at(s, edit->span.start)};
    uint64_t end = edit->span.end;
    uint32_t last = line_at(s, end);

    while ((edit = edit->next) && line_at(s, edit->span.start) <= last) {
        end = edit->span.end;
        last = line_at(s, end);
    }
    p.behind = edit;
    p.from = line_start(s, p.line);
    p.to = line_end(s, last);
    if (p.to < end)
        p.to = end;
    if (p.from > p.first->span.start)
        p.from = p.first->span.start;
    if (p.to - end > TAIL)
        p.to = back_to_character(s, end + TAIL);
    uint64_t before = p.first->span.start - p.from;
    if (p.to - p.from > room && before > room / 2 && before > LEAD) {
        p.from = back_to_character(s, p.first->span.start - LEAD);
        p.cut = true;
    }
    return p;
}

/* The region as it will be. */
static void apply_edits(const struct source *s, const struct place *p,
                        struct buf *out)
{
    uint64_t at = p->from;

    for (const struct tl_edit *e = p->first; e != p->behind; e = e->next) {
        struct tl_span span = report_span(s, e->span);

        if (span.start > at)
            buf_add(out, s->text.p + at, span.start - at);
        buf_str(out, e->text);
        at = span.end > at ? span.end : at;
    }
    if (p->to > at)
        buf_add(out, s->text.p + at, p->to - at);
}

static void split_lines(struct tl_str text, struct line_list *out)
{
    size_t start = 0;

    for (size_t i = 0; i <= text.n; i++) {
        bool ends = i == text.n || text.p[i] == '\n' || text.p[i] == '\r';

        if (!ends)
            continue;
        vec_push(&out->lines, (struct tl_str){text.p + start, i - start});
        if (i + 1 < text.n && text.p[i] == '\r' && text.p[i + 1] == '\n')
            i++;
        start = i + 1;
    }
}

/* Whom the lines are told to. */
struct listener {
    change_fn *line;
    void *arg;
};

static void tell_lines(const struct listener *to, const struct line_list *lines,
                       size_t from, size_t end, uint32_t number, bool cut)
{
    size_t shown = end - from > MAX_LINES ? from + MAX_LINES - 1 : end;
    struct change_line line = {.removed = number != 0};

    for (size_t i = from; i < shown; i++) {
        line.number = number ? number + (uint32_t)i : 0;
        line.cut = cut && i == 0;
        line.text = lines->lines.v[i];
        to->line(to->arg, &line);
    }
    if (shown == end)
        return;
    line = (struct change_line){.removed = number != 0, .more = end - shown};
    to->line(to->arg, &line);
}

static bool is_blank(struct tl_str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != ' ' && line.p[i] != '\t')
            return false;
    return true;
}

/* Lines that stay as they are, before and behind, are not shown. */
static void tell_difference(const struct listener *to, const struct place *p,
                            const struct line_list *before,
                            const struct line_list *after)
{
    size_t same = 0;
    size_t b = before->lines.n;
    size_t a = after->lines.n;

    while (same < b && same < a &&
           tl_str_eq(before->lines.v[same], after->lines.v[same]))
        same++;
    while (b > same && a > same &&
           tl_str_eq(before->lines.v[b - 1], after->lines.v[a - 1])) {
        b--;
        a--;
    }
    /* What a deletion leaves of its line is nothing to read. */
    if (a == same + 1 && b > same && is_blank(after->lines.v[same]))
        a = same;
    tell_lines(to, before, same, b, p->line, p->cut);
    tell_lines(to, after, same, a, 0, p->cut);
}

static void tell_place(const struct listener *to, struct source *s,
                       const struct place *p)
{
    struct buf text;
    struct line_list before = {VEC_INIT};
    struct line_list after = {VEC_INIT};

    if (p->to - p->from > MAX_BYTES)
        return;
    buf_init(&text, MAX_BYTES);
    apply_edits(s, p, &text);
    if (!text.full) {
        split_lines((struct tl_str){s->text.p + p->from, p->to - p->from},
                    &before);
        split_lines(buf_view(&text), &after);
        tell_difference(to, p, &before, &after);
    }
    vec_release(&before.lines);
    vec_release(&after.lines);
    buf_release(&text);
}

void change_each(struct source *home, const struct tl_fix *fix, size_t room,
                 change_fn *line, void *arg)
{
    const struct listener to = {line, arg};
    const struct tl_edit *e = fix->edits;

    for (const struct tl_edit *x = e; x; x = x->next)
        if (x->span.source != home->id || x->span.start > x->span.end ||
            x->span.end > home->text.n)
            return;
    for (unsigned i = 0; e && i < MAX_PLACES; i++) {
        struct place p = find_place(home, e, room);

        tell_place(&to, home, &p);
        e = p.behind;
    }
}

/* ---- as text ---- */

struct drawing {
    struct buf *out;
    const struct change_style *style;
};

static void draw_line(void *arg, const struct change_line *line)
{
    const struct drawing *d = arg;
    const struct excerpt_style *e = &d->style->excerpt;
    const char *color = line->removed ? d->style->removed : d->style->added;
    char sign = line->removed ? '-' : '+';

    if (line->more) {
        buf_printf(d->out, "%*s %c ... %zu more lines\n", (int)e->gutter + 1,
                   "", sign, line->more);
        return;
    }
    if (line->removed)
        buf_printf(d->out, "%s%*u%s", e->number, (int)e->gutter + 1,
                   line->number, e->reset);
    else
        buf_printf(d->out, "%*s", (int)e->gutter + 1, "");
    buf_printf(d->out, " %s%c ", color, sign);
    if (line->cut)
        buf_puts(d->out, "\xE2\x80\xA6");
    excerpt_line(d->out, line->text, excerpt_room(e) - line->cut);
    buf_printf(d->out, "%s\n", *color ? e->reset : "");
}

void change_write(struct buf *out, struct source *home,
                  const struct tl_fix *fix, const struct change_style *style)
{
    struct drawing d = {out, style};

    change_each(home, fix, excerpt_room(&style->excerpt), draw_line, &d);
}
