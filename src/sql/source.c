/*
 * source.c - offsets to lines and columns and back.
 *
 * The index keeps the start of every STRIDE-th line, and of each that begins
 * far behind the last one kept; from there lines are counted. It is made on the
 * first question.
 */
#include "sql/source.h"

#include "base/utf8.h"

#define STRIDE 64
#define FAR ((size_t)4 << 10)
/* A long log is not to be in memory as a whole because it is counted. */
#define FORGET_STEP ((size_t)8 << 20)

void source_init(struct source *s, uint32_t id, const char *path,
                 struct tl_str text)
{
    *s = (struct source){.id = id, .path = path, .text = text};
    /* No text is still a place: offset 0 of NULL is none. */
    if (!text.p)
        s->text.p = "";
}

void source_release(struct source *s)
{
    vec_release(&s->marks);
    vec_release(&s->counts);
    s->indexed = false;
}

size_t source_bom(struct tl_str text)
{
    return text.n >= 3 && memcmp(text.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* Small, so that a file of lone CRs is not searched for LFs over and over. */
#define LINE_WINDOW ((size_t)256)

/* Behind the line that holds `at`: CR, LF and CRLF end one. */
static size_t next_line(struct tl_str t, size_t at)
{
    while (at < t.n) {
        size_t window = t.n - at < LINE_WINDOW ? t.n - at : LINE_WINDOW;
        const char *lf = memchr(t.p + at, '\n', window);
        size_t n = lf ? (size_t)(lf - t.p) - at : window;
        const char *cr = memchr(t.p + at, '\r', n);

        if (cr) {
            at = (size_t)(cr - t.p) + 1;
            return at < t.n && t.p[at] == '\n' ? at + 1 : at;
        }
        at += n;
        if (lf)
            return at + 1;
    }
    return t.n;
}

static bool ends_with_newline(struct tl_str t)
{
    return t.n && (t.p[t.n - 1] == '\n' || t.p[t.n - 1] == '\r');
}

static void make_index(struct source *s)
{
    size_t at = 0;
    size_t forgotten = 0;
    struct source_mark last = {0, 1};
    uint64_t line = 1;

    if (s->indexed)
        return;
    s->indexed = true;
    vec_push(&s->marks, last);
    while (at < s->text.n) {
        at = next_line(s->text, at);
        if (at == s->text.n && !ends_with_newline(s->text))
            break;
        line++;
        if (line - last.line == STRIDE || at - last.offset >= FAR) {
            last = (struct source_mark){at, line};
            vec_push(&s->marks, last);
        }
        if (s->file && at - forgotten > FORGET_STEP) {
            forgotten = at;
            file_forget(s->file, at);
        }
    }
    s->lines = line;
}

/* The last mark that is not behind the offset, or the line. */
static struct source_mark mark_before(const struct source *s, uint64_t wanted,
                                      bool by_line)
{
    size_t low = 0;
    size_t high = s->marks.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        const struct source_mark *m = &s->marks.v[middle];

        if ((by_line ? m->line : m->offset) <= wanted)
            low = middle;
        else
            high = middle;
    }
    return s->marks.v[low];
}

static size_t column_units(struct tl_str before, enum source_unit unit)
{
    switch (unit) {
    case SOURCE_CODEPOINTS:
        return utf8_codepoints(before);
    case SOURCE_UTF16:
        return utf8_utf16(before);
    case SOURCE_BYTES:
        break;
    }
    return before.n;
}

/* Back to the first byte of the character that holds `offset`. */
static size_t character_start(struct tl_str t, size_t line, size_t offset)
{
    size_t at = offset;

    while (at > line && offset - at < 3 && at < t.n &&
           ((unsigned char)t.p[at] & 0xC0) == 0x80)
        at--;
    uint32_t c;
    if (at == offset || at >= t.n)
        return offset;
    size_t n = utf8_next((struct tl_str){t.p + at, t.n - at}, &c);
    return at + n > offset ? at : offset;
}

static size_t units_from(const struct source *s, struct source_count c,
                         size_t end, enum source_unit unit)
{
    return c.units +
           column_units((struct tl_str){s->text.p + c.at, end - c.at}, unit);
}

/* A file of one long line would be counted from its begin again and again:
   what was counted is kept, some kilobytes apart. */
static size_t units_before(struct source *s, size_t from, size_t end,
                           enum source_unit unit)
{
    if (unit == SOURCE_BYTES)
        return end - from;
    if (unit != s->counted_unit || from != s->counted_from ||
        s->counts.n == 0) {
        s->counted_unit = unit;
        s->counted_from = from;
        vec_clear(&s->counts);
        vec_push(&s->counts, ((struct source_count){from, 0}));
    }
    while (end - from >= FAR && end - FAR >= vec_last(&s->counts)->at) {
        struct source_count last = *vec_last(&s->counts);
        size_t at = character_start(s->text, last.at, last.at + FAR);

        vec_push(&s->counts,
                 ((struct source_count){at, units_from(s, last, at, unit)}));
    }
    size_t low = 0;
    size_t high = s->counts.n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (s->counts.v[middle].at <= end)
            low = middle;
        else
            high = middle;
    }
    return units_from(s, s->counts.v[low], end, unit);
}

/* Is `at`, to which lines were counted, where one begins? */
static bool ends_line(struct tl_str t, size_t at)
{
    return t.p[at - 1] == '\n' ||
           (t.p[at - 1] == '\r' && (at == t.n || t.p[at] != '\n'));
}

/* The line that holds `end`: where it begins, and its number. Looks no further
   than `end`, and goes on from the last place asked for. */
static struct source_mark line_of(struct source *s, size_t end)
{
    struct source_mark line = mark_before(s, end, false);
    size_t seen = line.offset;

    if (s->last.line && s->last.offset >= line.offset &&
        s->last.offset <= end) {
        line = s->last;
        seen = s->last_seen;
    }
    while (seen < end) {
        seen = next_line((struct tl_str){s->text.p, end}, seen);
        if (!ends_line(s->text, seen))
            break;
        line = (struct source_mark){seen, line.line + 1};
    }
    s->last_seen = seen > line.offset ? seen : line.offset;
    s->last = line;
    return line;
}

struct source_position source_position(struct source *s, uint64_t offset,
                                       enum source_unit unit)
{
    make_index(s);
    size_t end = offset > s->text.n ? s->text.n : (size_t)offset;
    struct source_mark line = line_of(s, end);

    end = character_start(s->text, line.offset, end);
    size_t from = line.offset == 0 ? source_bom(s->text) : line.offset;
    if (from > end)
        from = end;
    size_t units = units_before(s, from, end, unit);
    return (struct source_position){(uint32_t)line.line, (uint32_t)units + 1};
}

uint64_t source_line_start(struct source *s, uint32_t line)
{
    make_index(s);
    if (line == 0)
        return 0;
    if (line > s->lines)
        return s->text.n;
    struct source_mark mark = mark_before(s, line, true);
    size_t start = mark.offset;
    for (uint64_t i = mark.line; i < line; i++)
        start = next_line(s->text, start);
    return start;
}

struct tl_str source_line(struct source *s, uint32_t line)
{
    size_t start = source_line_start(s, line);

    if (start >= s->text.n)
        return (struct tl_str){"", 0};
    if (s->shown.line != line)
        s->shown = (struct source_mark){next_line(s->text, start), line};
    size_t end = s->shown.offset;
    while (end > start &&
           (s->text.p[end - 1] == '\n' || s->text.p[end - 1] == '\r'))
        end--;
    size_t bom = start == 0 ? source_bom(s->text) : 0;
    return (struct tl_str){s->text.p + start + bom, end - start - bom};
}

uint32_t source_line_count(struct source *s)
{
    make_index(s);
    return (uint32_t)s->lines;
}
