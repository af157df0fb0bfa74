/*
 * syslog.c - PostgreSQL's log as syslog wrote it (log_destination = syslog).
 *
 * A line is the daemon's head, PostgreSQL's number of the message and of its
 * chunk, and a chunk: one with the log_line_prefix begins a record or its
 * DETAIL, any other one goes on with what its backend said. Where messages are
 * not split, "#012" and the prefix begin the next part within the line.
 */
#include "input/backends.h"
#include "input/syslogtext.h"

struct reader {
    struct backends *all;
    struct prefix prefix;
    struct tl_str owner; /* of the last line with a head */
    size_t owner_line;
};

/* A line, or what one of the records in it is cut from. */
struct said {
    struct syslog_head head;
    size_t start; /* of the line */
    size_t text;
    size_t end;
};

static bool has_escape(const struct reader *r, size_t start, size_t end)
{
    return end > start &&
           (memmem(r->all->file.p + start, end - start, "#0", 2) ||
            memmem(r->all->file.p + start, end - start, "#1", 2));
}

static void tell(const struct reader *r, const struct said *s,
                 const char *message)
{
    r->all->sink->error(r->all->sink->arg, s->start, s->end, message);
}

/* A statement that lacks its end means another thing, so nothing of it is
   read. */
static void drop(const struct reader *r, struct backend *b,
                 const struct said *s)
{
    if (b->open)
        tell(r, s, "a chunk of this message is missing");
    b->open = false;
    b->growing = NULL;
}

static bool follows(const struct backend *b, const struct syslog_head *h)
{
    return h->sequence == b->sequence && h->chunk == b->chunk + 1;
}

/* A chunk that is not the next one: either it is a later one of the same
   message, or the first one of its own got lost and the one before is whole. */
static void break_off(const struct reader *r, struct backend *b,
                      const struct said *s)
{
    if (s->head.sequence == b->sequence && s->head.chunk > b->chunk)
        drop(r, b, s);
    else
        backend_close(r->all, b);
}

static bool is_near(const struct reader *r, const struct backend *b)
{
    return r->all->line - b->line <= SYSLOG_LINES_BETWEEN;
}

/* Of a message that is not split, all parts have the same number. */
static bool is_next(const struct backend *b, const struct syslog_head *h)
{
    return follows(b, h) ||
           (h->sequence == b->sequence && h->chunk == b->chunk);
}

/* The part with a prefix that stands at s->text; false without one. */
static bool take_part(struct reader *r, const struct said *s)
{
    struct tl_str text = {r->all->file.p + s->text, s->end - s->text};
    struct log_line l = {.start = s->start, .stamp = s->head.stamp};
    struct backend *b;
    size_t behind;

    if (!prefix_match(&r->prefix, text, &l.prefix, &l.severity, &behind))
        return false;
    l.text.start = s->text + behind;
    l.text.end = s->end;
    l.text.encoded = has_escape(r, l.text.start, l.text.end);
    b = backends_find(r->all, s->head.owner);
    if (b && log_is_part(l.severity) && !is_next(b, &s->head))
        break_off(r, b, s);
    b = backends_take(r->all, s->head.owner, &l);
    b->sequence = s->head.sequence;
    b->chunk = s->head.chunk;
    return true;
}

static void go_on(struct reader *r, const struct said *s)
{
    struct backend *b = backends_find(r->all, s->head.owner);

    if (!b)
        return;
    if (!follows(b, &s->head) || !is_near(r, b)) {
        break_off(r, b, s);
        return;
    }
    b->chunk = s->head.chunk;
    backend_grow(r->all, b, s->end);
}

/* The next "#012" without the tab of a line that goes on, or `end`. */
static size_t find_break(const struct reader *r, size_t at, size_t end)
{
    const char *file = r->all->file.p;

    while (at < end) {
        const char *p = memmem(file + at, end - at, "#012", 4);

        if (!p)
            return end;
        at = (size_t)(p - file);
        if (end - at < 8 || memcmp(p + 4, "#011", 4) != 0)
            return at;
        at += 4;
    }
    return end;
}

/* Behind a break: a part of its own, or an old copy's line without a tab. */
static void take_rest(struct reader *r, const struct said *s)
{
    struct backend *b;

    if (s->text == s->end || take_part(r, s))
        return;
    b = backends_find(r->all, s->head.owner);
    if (b)
        backend_grow(r->all, b, s->end);
}

static void take_line(struct reader *r, const struct said *line)
{
    struct said s = *line;

    s.end = find_break(r, line->text, line->end);
    if (!take_part(r, &s))
        go_on(r, &s);
    while (s.end < line->end) {
        s.text = s.end + 4;
        s.end = find_break(r, s.text, line->end);
        take_rest(r, &s);
    }
}

/* Some daemons leave the line breaks of a message as they are. */
static bool take_headless(struct reader *r, struct said *s)
{
    struct backend *b = backends_find(r->all, r->owner);

    /* What another program said may be of any form. */
    if (s->start == s->end || (r->owner.n && !b))
        return true;
    if (!b || r->all->line - r->owner_line > SYSLOG_LINES_BETWEEN)
        return false;
    s->head.owner = r->owner;
    s->head.sequence = b->sequence;
    s->head.chunk = b->chunk;
    s->text = s->start;
    if (r->all->file.p[s->start] != '\t')
        return take_part(r, s);
    if (b->line + 1 != r->all->line)
        return false;
    backend_grow(r->all, b, s->end);
    return true;
}

static void read_line(void *arg, size_t start, size_t end)
{
    struct reader *r = arg;
    struct tl_str line = {r->all->file.p + start, end - start};
    struct said s = {.start = start};

    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    s.end = start + line.n;
    if (!syslog_head_read(line, &s.head)) {
        if (!take_headless(r, &s))
            tell(r, &s, "this line is none of syslog's");
        return;
    }
    s.text = start + s.head.body;
    r->owner = s.head.owner;
    r->owner_line = r->all->line;
    take_line(r, &s);
}

/* ---- what kind of log it is ---- */

static bool is_postgres(const struct syslog_head *h)
{
    static const char name[] = "postgres";

    return h->program.n >= sizeof(name) - 1 &&
           memcmp(h->program.p, name, sizeof(name) - 1) == 0;
}

/* A server's whole log begins with anything. */
#define SYSLOG_HEAD_BYTES ((size_t)1 << 20)

/* What programs said, a line each; how many of the lines are PostgreSQL's by
   the program's name. Those alone are kept when there are any. */
static size_t collect(struct tl_str file, struct buf *out)
{
    size_t n = file.n < SYSLOG_HEAD_BYTES ? file.n : SYSLOG_HEAD_BYTES;
    size_t ours = 0;

    for (size_t at = 0; at < n;) {
        const char *newline = memchr(file.p + at, '\n', n - at);
        size_t end = newline ? (size_t)(newline - file.p) : n;
        struct tl_str line = {file.p + at, end - at};
        struct syslog_head h;

        at = end + 1;
        if (!syslog_head_read(line, &h))
            continue;
        if (is_postgres(&h) && !ours++)
            buf_clear(out);
        if (ours && !is_postgres(&h))
            continue;
        buf_add(out, line.p + h.body, line.n - h.body);
        buf_char(out, '\n');
    }
    return ours;
}

static bool syslog_sniff(struct tl_str head)
{
    struct prefix p;
    struct buf said;

    buf_init(&said, 0);
    bool yes = collect(head, &said) > 0 || prefix_detect(&p, buf_view(&said));
    buf_release(&said);
    return yes;
}

static bool find_prefix(struct tl_str file, struct tl_str given,
                        struct prefix *out)
{
    struct buf said;

    if (given.n)
        return prefix_compile(out, given);
    buf_init(&said, 0);
    collect(file, &said);
    bool found = prefix_detect_in_syslog(out, buf_view(&said));
    buf_release(&said);
    return found;
}

static bool syslog_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.owner = TL_NONE};

    if (!find_prefix(file, sink->log_line_prefix, &r.prefix)) {
        sink->error(sink->arg, 0, 0,
                    "no message of this log begins with the log_line_prefix");
        return true;
    }
    r.all = backends_new(file, sink, TEXT_SYSLOG);
    backends_read(r.all, read_line, &r);
    bool whole = !r.all->stopped;
    backends_free(r.all);
    return whole;
}

const struct input_format input_syslog = {
    .sniff = syslog_sniff,
    .read = syslog_read,
};
