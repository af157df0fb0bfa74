/*
 * stderrlog.c - PostgreSQL's plain log (log_destination = stderr).
 *
 * A record is a line with the prefix and a severity, the lines behind it that
 * begin with a tab, and the DETAIL and STATEMENT lines of the same backend,
 * which other backends' records may come between.
 */
#include "input/backends.h"

struct reader {
    struct backends *all;
    struct prefix prefix;
    struct backend *now; /* of the last line with a prefix */
    bool lost;           /* told that what stands here is no log */
};

/* What of a line tells whether it is text. */
#define RUBBISH_SEEN 4096

/* Text has no zero bytes: a disk that was full, or a server that crashed. */
static bool is_rubbish(struct tl_str line)
{
    size_t n = line.n < RUBBISH_SEEN ? line.n : RUBBISH_SEEN;

    return n && memchr(line.p, '\0', n);
}

static void tell_rubbish(struct reader *r, size_t start, size_t end)
{
    const struct input_sink *sink = r->all->sink;

    if (!r->lost)
        sink->error(sink->arg, start, end, "this is no text");
    r->lost = true;
    r->now = NULL;
}

static void read_line(void *arg, size_t start, size_t end)
{
    struct reader *r = arg;
    struct tl_str line = {r->all->file.p + start, end - start};
    struct log_line l = {.start = start};
    size_t behind;

    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    bool tabbed = line.n == 0 || line.p[0] == '\t';
    if (tabbed ||
        !prefix_match(&r->prefix, line, &l.prefix, &l.severity, &behind)) {
        if (is_rubbish(line))
            tell_rubbish(r, start, start + line.n);
        else if (r->now)
            backend_grow(r->all, r->now, start + line.n);
        return;
    }
    r->lost = false;
    l.text = (struct piece){start + behind, start + line.n, false};
    r->now = backends_take(
        r->all, l.prefix.session.n ? l.prefix.session : l.prefix.pid, &l);
}

#define HEAD_BYTES ((size_t)64 << 10)

static struct tl_str head_of(struct tl_str file)
{
    return (struct tl_str){file.p, file.n < HEAD_BYTES ? file.n : HEAD_BYTES};
}

static bool find_prefix(struct tl_str file, struct tl_str given,
                        struct prefix *out)
{
    if (given.n)
        return prefix_compile(out, given);
    return prefix_detect(out, head_of(file));
}

static bool stderrlog_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.now = NULL};

    if (!find_prefix(file, sink->log_line_prefix, &r.prefix)) {
        sink->error(sink->arg, 0, 0,
                    "no line of this log begins with the log_line_prefix");
        return true;
    }
    r.all = backends_new(file, sink, TEXT_TABBED);
    backends_read(r.all, read_line, &r);
    bool whole = !r.all->stopped;
    backends_free(r.all);
    return whole;
}

static bool stderrlog_sniff(struct tl_str head)
{
    struct prefix p;

    return prefix_detect(&p, head);
}

const struct input_format input_stderrlog = {
    .sniff = stderrlog_sniff,
    .read = stderrlog_read,
};
