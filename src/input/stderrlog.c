/*
 * stderrlog.c - PostgreSQL's plain log (log_destination = stderr).
 *
 * A record is a line with the prefix and a severity, the lines behind it that
 * begin with a tab, and the DETAIL and STATEMENT lines of the same backend,
 * which other backends' records may come between. A statement is therefore
 * held back until its backend says something else; only places in the file are
 * held, never text.
 */
#include "base/mem.h"
#include "input/message.h"
#include "input/prefix.h"

/* Backends that are waited for. Behind that many lines nothing more comes. */
#define BACKENDS_MAX 1024
#define LINES_WAITED 20000
/* A message that goes on for longer is no statement any more. */
#define MESSAGE_MAX ((size_t)64 << 20)
/* What of a line tells whether it is text. */
#define RUBBISH_SEEN 4096

/* A severity's text: from its first byte to the end of its last line. */
struct piece {
    size_t start;
    size_t end;
    bool many; /* of several lines */
};

struct backend {
    struct tl_str key; /* in the file */
    bool open;         /* a record is held back */
    size_t line;       /* its number */
    struct prefix_values prefix;
    struct tl_str severity;
    struct piece message;
    struct piece detail;
    struct piece statement;
    size_t start;
    size_t end;
};

struct reader {
    struct tl_str file;
    const struct prefix *prefix;
    const struct input_sink *sink;
    struct message_state state;
    struct buf message, detail, query;
    struct backend backends[BACKENDS_MAX];
    size_t n_backends;
    struct piece *growing; /* what continuation lines belong to */
    struct backend *now;
    size_t line;
    bool stopped;
    bool lost; /* told that what stands here is no log */
};

/* One tab begins each continuation line; it is not the text's. */
static void untab(struct tl_str raw, struct buf *out)
{
    buf_clear(out);
    for (size_t at = 0; at < raw.n;) {
        const char *newline = memchr(raw.p + at, '\n', raw.n - at);
        size_t end = newline ? (size_t)(newline - raw.p) + 1 : raw.n;

        buf_add(out, raw.p + at, end - at);
        at = end;
        if (newline && at < raw.n && raw.p[at] == '\t')
            at++;
    }
}

static struct log_field field_of(const struct reader *r, const struct piece *p,
                                 struct buf *out)
{
    struct tl_str raw = {r->file.p + p->start, p->end - p->start};
    struct log_field f = {.text = raw, .plain = !p->many, .end = p->end};

    if (p->end == 0)
        return (struct log_field){.text = TL_NONE, .plain = true};
    f.map.base = p->start;
    if (!p->many)
        return f;
    f.map.encoding = TEXT_TABBED;
    untab(raw, out);
    f.text = buf_view(out);
    return f;
}

/* "1795210406.375" */
static int64_t epoch_us(struct tl_str s)
{
    int64_t us = 0;
    int64_t unit = 0;

    for (size_t i = 0; i < s.n && us < INT64_MAX / 100; i++) {
        if (s.p[i] == '.') {
            us *= 1000000;
            unit = 100000;
        } else if (!unit) {
            us = us * 10 + (s.p[i] - '0');
        } else {
            us += (s.p[i] - '0') * unit;
            unit /= 10;
        }
    }
    return unit ? us : us * 1000000;
}

static void emit(struct reader *r, struct backend *b)
{
    struct log_record record = {
        .time = b->prefix.time,
        .session = b->key,
        .command = b->prefix.command,
        .severity = b->severity,
        .transaction = b->prefix.transaction,
        .application = b->prefix.application,
        .user = b->prefix.user,
        .database = b->prefix.database,
        .start = b->start,
        .end = b->end,
    };
    struct event e;

    b->open = false;
    if (r->stopped ||
        message_is_noise((struct tl_str){r->file.p + b->message.start,
                                         b->message.end - b->message.start}))
        return;
    record.message = field_of(r, &b->message, &r->message);
    record.detail = field_of(r, &b->detail, &r->detail);
    record.query = field_of(r, &b->statement, &r->query);
    if (!log_record_event(&r->state, &record, &e))
        return;
    if (b->prefix.epoch.n)
        e.time_us = epoch_us(b->prefix.epoch);
    r->stopped = !r->sink->event(r->sink->arg, &e);
}

static void emit_old(struct reader *r, size_t waited)
{
    for (size_t i = 0; i < r->n_backends; i++)
        if (r->backends[i].open && r->line - r->backends[i].line >= waited)
            emit(r, &r->backends[i]);
}

/* The backend of that name; the one that was silent longest makes room. */
static struct backend *backend_of(struct reader *r, struct tl_str key)
{
    struct backend *oldest = &r->backends[0];

    for (size_t i = 0; i < r->n_backends; i++) {
        struct backend *b = &r->backends[i];

        if (tl_str_eq(b->key, key))
            return b;
        if (b->line < oldest->line)
            oldest = b;
    }
    if (r->n_backends < BACKENDS_MAX)
        oldest = &r->backends[r->n_backends++];
    else if (oldest->open)
        emit(r, oldest);
    memset(oldest, 0, sizeof(*oldest));
    oldest->key = key;
    return oldest;
}

/* Belongs to the record before it: what the words mean stands there. */
static bool is_part(struct tl_str severity)
{
    static const char *const words[] = {"DETAIL",   "STATEMENT", "HINT",
                                        "CONTEXT",  "QUERY",     "LOCATION",
                                        "BACKTRACE"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (tl_str_is(severity, words[i]))
            return true;
    return false;
}

static void take_part(struct reader *r, struct backend *b,
                      struct tl_str severity, struct piece text)
{
    static struct piece *const nowhere = NULL;

    r->growing = nowhere;
    if (!b->open)
        return;
    b->end = text.end;
    if (tl_str_is(severity, "DETAIL")) {
        b->detail = text;
        r->growing = &b->detail;
    } else if (tl_str_is(severity, "STATEMENT")) {
        b->statement = text;
        r->growing = &b->statement;
    }
}

static void take_record(struct reader *r, struct tl_str line, size_t start,
                        const struct prefix_values *values,
                        struct tl_str severity, size_t behind)
{
    struct tl_str key = values->session.n ? values->session : values->pid;
    struct backend *b = backend_of(r, key);
    struct piece text = {start + behind, start + line.n, false};

    r->now = b;
    if (is_part(severity)) {
        take_part(r, b, severity, text);
        return;
    }
    if (b->open)
        emit(r, b);
    *b = (struct backend){.key = b->key,
                          .open = true,
                          .line = r->line,
                          .prefix = *values,
                          .severity = severity,
                          .message = text,
                          .start = start,
                          .end = text.end};
    r->growing = &b->message;
}

static void lose(struct reader *r, size_t start, size_t end, const char *why)
{
    if (!r->lost)
        r->sink->error(r->sink->arg, start, end, why);
    r->lost = true;
    r->growing = NULL;
}

/* Text has no zero bytes: a disk that was full, or a server that crashed. */
static bool is_rubbish(struct tl_str line)
{
    size_t n = line.n < RUBBISH_SEEN ? line.n : RUBBISH_SEEN;

    return n && memchr(line.p, '\0', n);
}

static void continue_record(struct reader *r, size_t end)
{
    if (!r->growing)
        return;
    if (end - r->growing->start > MESSAGE_MAX) {
        if (r->now && r->growing == &r->now->message)
            r->now->open = false;
        lose(r, r->growing->start, r->growing->start,
             "the message is longer than 64 MiB");
        return;
    }
    r->growing->end = end;
    r->growing->many = true;
    if (r->now)
        r->now->end = end;
}

static void read_line(struct reader *r, size_t start, size_t end)
{
    struct tl_str line = {r->file.p + start, end - start};
    struct prefix_values values;
    struct tl_str severity;
    size_t behind;

    r->line++;
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    bool tabbed = line.n == 0 || line.p[0] == '\t';
    if (!tabbed && prefix_match(r->prefix, line, &values, &severity, &behind)) {
        r->lost = false;
        take_record(r, line, start, &values, severity, behind);
        return;
    }
    if (is_rubbish(line)) {
        lose(r, start, start + line.n, "this is no text");
        return;
    }
    continue_record(r, start + line.n);
}

/* Several MiB of file between two reports of progress. */
#define PROGRESS_STEP ((size_t)8 << 20)

static size_t bom_size(struct tl_str s)
{
    return s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static void read_lines(struct reader *r)
{
    size_t reported = 0;

    for (size_t at = bom_size(r->file); at < r->file.n && !r->stopped;) {
        const char *newline = memchr(r->file.p + at, '\n', r->file.n - at);
        size_t end = newline ? (size_t)(newline - r->file.p) : r->file.n;

        read_line(r, at, end);
        at = end + 1;
        if (r->line % LINES_WAITED == 0)
            emit_old(r, LINES_WAITED);
        if (r->sink->progress && at - reported > PROGRESS_STEP) {
            reported = at;
            r->sink->progress(r->sink->arg, at);
        }
    }
    emit_old(r, 0);
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
    struct prefix prefix;
    struct reader *r;

    if (!find_prefix(file, sink->log_line_prefix, &prefix)) {
        sink->error(sink->arg, 0, 0,
                    "no line of this log begins with the log_line_prefix");
        return true;
    }
    r = mem_calloc(1, sizeof(*r));
    r->file = file;
    r->prefix = &prefix;
    r->sink = sink;
    message_init(&r->state, file);
    buf_init(&r->message, 0);
    buf_init(&r->detail, 0);
    buf_init(&r->query, 0);
    read_lines(r);
    bool whole = !r->stopped;
    buf_release(&r->message);
    buf_release(&r->detail);
    buf_release(&r->query);
    message_release(&r->state);
    mem_free(r);
    return whole;
}

static bool stderrlog_sniff(struct tl_str head)
{
    struct prefix p;

    return prefix_detect(&p, head);
}

const struct input_format input_stderrlog = {
    .name = "stderr",
    .sniff = stderrlog_sniff,
    .read = stderrlog_read,
};
