/*
 * syslogtext.c - texts that syslog spread over lines, byte by byte.
 */
#include "input/syslogtext.h"

struct walk {
    struct tl_str file;
    struct tl_str owner;
    size_t at;       /* byte of the file that the next decoded one stands at */
    size_t line_end; /* of its line, without CR and LF */
    size_t end;      /* of the text */
    /* Where the text goes on behind a line break of its own; else 0. */
    size_t break_to;
    size_t break_line_end;
};

size_t syslog_escape(struct tl_str s, char *byte)
{
    if (s.n < 4 || s.p[0] != '#' || s.p[1] < '0' || s.p[1] > '1' ||
        s.p[2] < '0' || s.p[2] > '7' || s.p[3] < '0' || s.p[3] > '7')
        return 0;
    int value = (s.p[1] - '0') * 64 + (s.p[2] - '0') * 8 + (s.p[3] - '0');
    /* Control bytes alone are escaped; a NUL would end the text for others. */
    if (value == 0 || (value >= 32 && value != 127))
        return 0;
    *byte = (char)value;
    return 4;
}

/* PostgreSQL writes one behind each line break; it is not the text's. A long
   line cut before a tab of its own looks the same: a blank either way. */
static size_t skip_tab(struct tl_str file, size_t at, size_t end)
{
    struct tl_str rest = {file.p + at, end - at};
    char byte;

    if (rest.n && rest.p[0] == '\t')
        return at + 1;
    if (syslog_escape(rest, &byte) && byte == '\t')
        return at + 4;
    return at;
}

static size_t line_start(struct tl_str file, size_t at)
{
    const char *newline = at ? memrchr(file.p, '\n', at) : NULL;

    return newline ? (size_t)(newline - file.p) + 1 : 0;
}

/* The line that begins there, without CR and LF; `next` is behind them. */
static struct tl_str line_at(struct tl_str file, size_t at, size_t *next)
{
    const char *newline = memchr(file.p + at, '\n', file.n - at);
    size_t end = newline ? (size_t)(newline - file.p) : file.n;
    struct tl_str line = {file.p + at, end - at};

    *next = newline ? end + 1 : file.n;
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

/* Whoever said what stands there: the line's head, or that of a line before
   where a daemon left line breaks alone. */
static struct tl_str owner_at(struct tl_str file, size_t at)
{
    size_t start = line_start(file, at);

    for (unsigned i = 0; i < SYSLOG_LINES_BETWEEN; i++) {
        struct syslog_head h;
        size_t next;

        if (syslog_head_read(line_at(file, start, &next), &h))
            return h.owner;
        if (start == 0)
            break;
        start = line_start(file, start - 1);
    }
    return TL_NONE;
}

/* A head is no longer than this, but for structured data behind the owner. */
#define OWNER_WITHIN 512

/* Most lines are somebody else's: a search is quicker than reading heads. */
static bool is_owners(const struct walk *w, struct tl_str line,
                      struct syslog_head *h)
{
    size_t n = line.n < OWNER_WITHIN ? line.n : OWNER_WITHIN;

    if (n < w->owner.n || !w->owner.n ||
        !memmem(line.p, n, w->owner.p, w->owner.n))
        return false;
    return syslog_head_read(line, h) && tl_str_eq(h->owner, w->owner);
}

/* The next line of the owner's: its text and where that ends. */
static bool find_line(const struct walk *w, size_t *text, size_t *end)
{
    const char *newline =
        memchr(w->file.p + w->line_end, '\n', w->file.n - w->line_end);
    size_t at = newline ? (size_t)(newline - w->file.p) + 1 : w->end;

    for (unsigned i = 0; i <= SYSLOG_LINES_BETWEEN && at < w->end; i++) {
        struct syslog_head h = {.body = 0};
        size_t next;
        struct tl_str line = line_at(w->file, at, &next);
        /* Without a head it goes on with the line right before it. */
        bool found =
            (i == 0 && line.n && line.p[0] == '\t') || is_owners(w, line, &h);

        *text = at + h.body;
        *end = at + line.n;
        if (found)
            return true;
        at = next;
    }
    return false;
}

/* At the end of a line: on to the next one, or to the break between them. */
static void settle(struct walk *w)
{
    while (w->at >= w->line_end && w->at < w->end && !w->break_to) {
        size_t text;
        size_t end;

        if (!find_line(w, &text, &end)) {
            w->at = w->end;
            return;
        }
        size_t behind = skip_tab(w->file, text, end);
        if (behind > text) {
            w->break_to = behind;
            w->break_line_end = end;
            return;
        }
        w->at = text;
        w->line_end = end;
    }
}

static void begin(struct walk *w, struct tl_str file, size_t start, size_t end)
{
    size_t next;

    *w = (struct walk){.file = file, .at = start};
    w->end = end < file.n ? end : file.n;
    if (start >= w->end)
        return;
    struct tl_str line = line_at(file, start, &next);
    w->line_end = start + line.n;
    w->owner = owner_at(file, start);
    settle(w);
}

/* The next decoded byte; false at the end of the text. */
static bool step(struct walk *w, char *byte)
{
    if (w->at >= w->end)
        return false;
    if (w->break_to) {
        *byte = '\n';
        w->at = w->break_to;
        w->line_end = w->break_line_end;
        w->break_to = 0;
        settle(w);
        return true;
    }
    size_t stop = w->line_end < w->end ? w->line_end : w->end;
    size_t n =
        syslog_escape((struct tl_str){w->file.p + w->at, stop - w->at}, byte);
    if (!n)
        *byte = w->file.p[w->at];
    w->at += n ? n : 1;
    if (n && *byte == '\n')
        w->at = skip_tab(w->file, w->at, stop);
    settle(w);
    return true;
}

void syslog_decode(struct tl_str file, size_t start, size_t end,
                   struct buf *out)
{
    struct walk w;
    char byte;

    buf_clear(out);
    begin(&w, file, start, end);
    while (!out->full && step(&w, &byte))
        buf_char(out, byte);
}

uint64_t syslog_offset(const struct text_map *map, struct tl_str file,
                       size_t wanted)
{
    size_t end = map->end ? (size_t)map->end : file.n;
    size_t base = map->base < file.n ? (size_t)map->base : file.n;
    struct walk w;
    char byte;

    begin(&w, file, base, end);
    for (size_t i = 0; i < wanted; i++)
        if (!step(&w, &byte))
            break;
    return w.at;
}
