/*
 * backends.c - records of a text log, put together by backend.
 */
#include "input/backends.h"

#include "base/mem.h"
#include "base/xxh.h"
#include "input/envelope.h"
#include "input/syslogtext.h"

struct backends *backends_new(struct tl_str file, const struct input_sink *sink,
                              enum text_encoding encoding)
{
    struct backends *b = mem_calloc(1, sizeof(*b));

    b->file = file;
    b->sink = sink;
    b->encoding = encoding;
    message_init(&b->state, file);
    buf_init(&b->message, MESSAGE_MAX);
    buf_init(&b->detail, MESSAGE_MAX);
    buf_init(&b->query, MESSAGE_MAX);
    return b;
}

void backends_free(struct backends *b)
{
    buf_release(&b->message);
    buf_release(&b->detail);
    buf_release(&b->query);
    message_release(&b->state);
    mem_free(b);
}

/* ---- text ---- */

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

static struct log_field field_of(const struct backends *all,
                                 const struct piece *p, struct buf *out)
{
    struct tl_str raw = {all->file.p + p->start, p->end - p->start};
    struct log_field f = {.text = raw, .plain = !p->encoded, .end = p->end};

    if (p->end == 0)
        return (struct log_field){.text = TL_NONE, .plain = true};
    f.map.base = p->start;
    if (!p->encoded)
        return f;
    f.map.encoding = all->encoding;
    f.map.end = p->end;
    if (all->encoding == TEXT_SYSLOG)
        syslog_decode(all->file, p->start, p->end, out);
    else if (all->encoding != TEXT_TABBED)
        envelope_decode(all->encoding, all->file, p->start, p->end, out);
    else
        untab(raw, out);
    f.text = buf_view(out);
    return f;
}

/* ---- time ---- */

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

#define STAMP_MAX 26

/* "2026-11-20T21:10:58.123+00:00", zone as UTC like all the others. */
static int64_t stamp_us(struct message_state *state, struct tl_str stamp)
{
    char text[STAMP_MAX];
    size_t n = stamp.n < sizeof(text) ? stamp.n : sizeof(text);

    if (n < 11)
        return EVENT_NO_TIME;
    memcpy(text, stamp.p, n);
    text[10] = ' ';
    return message_time(state, (struct tl_str){text, n});
}

static int64_t time_of(struct message_state *state, const struct backend *b)
{
    if (b->prefix.epoch.n)
        return epoch_us(b->prefix.epoch);
    if (b->prefix.time.n)
        return message_time(state, b->prefix.time);
    return stamp_us(state, b->stamp);
}

/* ---- records ---- */

static bool is_noise(const struct backends *all, const struct piece *p)
{
    return message_is_noise(
        (struct tl_str){all->file.p + p->start, p->end - p->start});
}

static void emit(struct backends *all, struct backend *b)
{
    struct log_record record = {
        .time = b->prefix.time,
        .session = b->prefix.session.n ? b->prefix.session : b->key,
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
    if (all->stopped || is_noise(all, &b->message))
        return;
    buf_clear(&all->message);
    buf_clear(&all->detail);
    buf_clear(&all->query);
    record.message = field_of(all, &b->message, &all->message);
    record.detail = field_of(all, &b->detail, &all->detail);
    record.query = field_of(all, &b->statement, &all->query);
    if (all->message.full || all->detail.full || all->query.full) {
        all->sink->error(all->sink->arg, b->start, b->end,
                         "a message of more than 64 MiB is passed over");
        return;
    }
    if (!log_record_event(&all->state, &record, &e))
        return;
    e.time_us = time_of(&all->state, b);
    all->stopped = !all->sink->event(all->sink->arg, &e);
}

static void emit_old(struct backends *all, size_t waited)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->list[i].open && all->line - all->list[i].line >= waited)
            emit(all, &all->list[i]);
}

void backend_close(struct backends *all, struct backend *b)
{
    if (b->open)
        emit(all, b);
    b->growing = NULL;
}

struct backend *backends_find(struct backends *all, struct tl_str key)
{
    if (all->last && tl_str_eq(all->last->key, key))
        return all->last;
    uint64_t hash = XXH3_64bits(key.n ? key.p : "", key.n);
    for (size_t i = 0; i < all->n; i++)
        if (all->hashes[i] == hash && tl_str_eq(all->list[i].key, key))
            return all->last = &all->list[i];
    return NULL;
}

/* The one that was silent longest makes room. */
static struct backend *add_backend(struct backends *all, struct tl_str key)
{
    struct backend *oldest = &all->list[0];

    for (size_t i = 1; i < all->n; i++)
        if (all->list[i].line < oldest->line)
            oldest = &all->list[i];
    if (all->n < BACKENDS_MAX)
        oldest = &all->list[all->n++];
    else if (oldest->open)
        emit(all, oldest);
    memset(oldest, 0, sizeof(*oldest));
    oldest->key = key;
    all->hashes[oldest - all->list] = XXH3_64bits(key.n ? key.p : "", key.n);
    return oldest;
}

bool log_is_part(struct tl_str severity)
{
    static const char *const words[] = {"DETAIL",   "STATEMENT", "HINT",
                                        "CONTEXT",  "QUERY",     "LOCATION",
                                        "BACKTRACE"};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (tl_str_is(severity, words[i]))
            return true;
    return false;
}

static void take_part(struct backend *b, struct tl_str severity,
                      struct piece text)
{
    b->growing = NULL;
    if (!b->open)
        return;
    b->end = text.end;
    if (tl_str_is(severity, "DETAIL"))
        b->growing = &b->detail;
    else if (tl_str_is(severity, "STATEMENT"))
        b->growing = &b->statement;
    if (b->growing)
        *b->growing = text;
}

struct backend *backends_take(struct backends *all, struct tl_str key,
                              const struct log_line *line)
{
    struct backend *b = backends_find(all, key);

    if (!b)
        b = add_backend(all, key);
    if (log_is_part(line->severity)) {
        b->line = all->line;
        take_part(b, line->severity, line->text);
        return b;
    }
    if (b->open)
        emit(all, b);
    *b = (struct backend){.key = b->key,
                          .open = true,
                          .line = all->line,
                          .prefix = line->prefix,
                          .stamp = line->stamp,
                          .severity = line->severity,
                          .message = line->text,
                          .start = line->start,
                          .end = line->text.end};
    b->growing = &b->message;
    return b;
}

void backend_grow(const struct backends *all, struct backend *b, size_t end)
{
    b->line = all->line;
    if (!b->growing)
        return;
    b->growing->end = end;
    b->growing->encoded = true;
    b->end = end;
}

/* ---- lines ---- */

/* Several MiB of file between two reports of progress. */
#define PROGRESS_STEP ((size_t)8 << 20)

size_t backends_bom(struct tl_str s)
{
    return s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

void backends_step(struct backends *all, size_t at)
{
    all->line++;
    if (all->line % LINES_WAITED == 0)
        emit_old(all, LINES_WAITED);
    if (all->sink->progress && at - all->reported > PROGRESS_STEP) {
        all->reported = at;
        all->sink->progress(all->sink->arg, at);
    }
}

void backends_finish(struct backends *all)
{
    emit_old(all, 0);
}

void backends_read(struct backends *all,
                   void (*line)(void *arg, size_t start, size_t end), void *arg)
{
    for (size_t at = backends_bom(all->file);
         at < all->file.n && !all->stopped;) {
        const char *newline = memchr(all->file.p + at, '\n', all->file.n - at);
        size_t end = newline ? (size_t)(newline - all->file.p) : all->file.n;

        line(arg, at, end);
        at = end + 1;
        backends_step(all, at);
    }
    backends_finish(all);
}
