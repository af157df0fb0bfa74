/*
 * csvlog.c - PostgreSQL's csvlog (log_destination = csvlog).
 *
 * One pass over the mapped file: fields are views of it, and only a field
 * with doubled quotes is copied, into a buffer that is used again. Columns by
 * release: 22 or 23 up to PostgreSQL 12, 24 in 13, 26 since 14.
 */
#include "input/message.h"

#define FIELDS_MIN 22
#define FIELDS_MAX 32
/* A damaged record is read again from its second line. What may be read twice
   in all is bounded, so that no file takes more than linear time. */
#define REREAD_BUDGET ((size_t)64 << 20)

enum column {
    COLUMN_TIME = 0,
    COLUMN_USER = 1,
    COLUMN_DATABASE = 2,
    COLUMN_SESSION = 5,
    COLUMN_COMMAND = 7,
    COLUMN_TRANSACTION = 9,
    COLUMN_SEVERITY = 11,
    COLUMN_MESSAGE = 13,
    COLUMN_DETAIL = 14,
    COLUMN_QUERY = 19,
    COLUMN_APPLICATION = 22,
};

struct field {
    struct tl_str raw; /* without the quotes around it */
    bool quoted;
    bool doubled; /* holds "" */
};

struct reader {
    struct tl_str file;
    size_t at;
    size_t reread;
    struct message_state state;
    struct buf message, detail, query;
    const struct input_sink *sink;
};

/* Reads the quoted field that begins at *at; false when it does not end. */
static bool scan_quoted(struct tl_str s, size_t *at, struct field *f)
{
    size_t from = *at + 1;
    size_t p = from;

    f->quoted = true;
    f->doubled = false;
    for (;;) {
        const char *quote = p < s.n ? memchr(s.p + p, '"', s.n - p) : NULL;

        if (!quote)
            return false;
        p = (size_t)(quote - s.p);
        if (p + 1 >= s.n || s.p[p + 1] != '"')
            break;
        f->doubled = true;
        p += 2;
    }
    f->raw = (struct tl_str){s.p + from, p - from};
    *at = p + 1;
    return true;
}

static void scan_bare(struct tl_str s, size_t *at, struct field *f)
{
    size_t p = *at;

    while (p < s.n && s.p[p] != ',' && s.p[p] != '\n')
        p++;
    f->quoted = f->doubled = false;
    f->raw = (struct tl_str){s.p + *at, p - *at};
    *at = p;
    if (p < s.n && s.p[p] == '\n' && f->raw.n && f->raw.p[f->raw.n - 1] == '\r')
        f->raw.n--;
}

/*
 * One record. `*n` is how many fields it has. Gives what is wrong with it, or
 * NULL; the reader then stands behind its line end, else where it broke.
 */
static const char *scan_record(struct tl_str s, size_t *at,
                               struct field fields[FIELDS_MAX], size_t *n)
{
    for (*n = 0; *n < FIELDS_MAX;) {
        struct field *f = &fields[*n];

        if (*at < s.n && s.p[*at] == '"') {
            if (!scan_quoted(s, at, f)) {
                *at = s.n;
                return "the quoted field does not end";
            }
        } else {
            scan_bare(s, at, f);
        }
        ++*n;
        if (*at < s.n && s.p[*at] == '\r' && *at + 1 < s.n &&
            s.p[*at + 1] == '\n')
            ++*at;
        if (*at >= s.n || s.p[*at] == '\n') {
            *at += *at < s.n;
            return *n < FIELDS_MIN ? "the record has too few columns" : NULL;
        }
        if (s.p[*at] != ',')
            return "text stands behind a quoted field";
        ++*at;
    }
    return "the record has too many columns";
}

/* LOG, ERROR, DEBUG1: what no other column near it looks like. */
static bool is_capitals(struct tl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] < 'A' || s.p[i] > 'Z') && (i == 0 || s.p[i] > '9'))
            return false;
    return s.n > 0;
}

/* The next line at or behind `at` that begins as a record does. */
static size_t next_record(struct tl_str s, size_t at)
{
    while (at < s.n) {
        const char *newline = memchr(s.p + at, '\n', s.n - at);

        if (!newline)
            return s.n;
        at = (size_t)(newline - s.p) + 1;
        if (message_is_time((struct tl_str){s.p + at, s.n - at}))
            return at;
    }
    return s.n;
}

static size_t line_end(struct tl_str s, size_t at)
{
    const char *newline = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;

    return newline ? (size_t)(newline - s.p) : s.n;
}

static void resync(struct reader *r, size_t start, size_t broke)
{
    size_t next = next_record(r->file, start);

    if (next < broke) {
        r->reread += broke - next;
        if (r->reread > REREAD_BUDGET + r->file.n)
            next = next_record(r->file, broke > 0 ? broke - 1 : 0);
    }
    r->at = next;
}

static struct log_field decode(const struct field *f, struct tl_str file,
                               struct buf *out)
{
    struct log_field d = {.text = f->raw, .plain = !f->doubled};

    d.map.base = (uint64_t)(f->raw.p - file.p);
    d.map.encoding = f->quoted ? TEXT_CSV : TEXT_PLAIN;
    d.end = d.map.base + f->raw.n;
    if (!f->raw.n)
        d.text = f->quoted ? (struct tl_str){f->raw.p, 0} : TL_NONE;
    if (!f->doubled)
        return d;
    buf_clear(out);
    for (size_t at = 0; at < f->raw.n;) {
        const char *quote = memchr(f->raw.p + at, '"', f->raw.n - at);
        size_t end = quote ? (size_t)(quote - f->raw.p) + 1 : f->raw.n;

        buf_add(out, f->raw.p + at, end - at);
        at = end + (quote != NULL);
    }
    d.text = buf_view(out);
    return d;
}

static bool emit(struct reader *r, const struct field *f, size_t n,
                 size_t start)
{
    struct log_record record = {
        .time = f[COLUMN_TIME].raw,
        .session = f[COLUMN_SESSION].raw,
        .command = f[COLUMN_COMMAND].raw,
        .severity = f[COLUMN_SEVERITY].raw,
        .transaction = f[COLUMN_TRANSACTION].raw,
        .application =
            n > COLUMN_APPLICATION ? f[COLUMN_APPLICATION].raw : TL_NONE,
        .user = f[COLUMN_USER].raw,
        .database = f[COLUMN_DATABASE].raw,
        .start = start,
        .end = r->at,
    };
    struct event e;

    if (message_is_noise(f[COLUMN_MESSAGE].raw))
        return true;
    record.message = decode(&f[COLUMN_MESSAGE], r->file, &r->message);
    record.detail = decode(&f[COLUMN_DETAIL], r->file, &r->detail);
    record.query = decode(&f[COLUMN_QUERY], r->file, &r->query);
    return !log_record_event(&r->state, &record, &e) ||
           r->sink->event(r->sink->arg, &e);
}

/* Several MiB of file between two reports of progress. */
#define PROGRESS_STEP ((size_t)8 << 20)

static bool read_records(struct reader *r)
{
    struct field fields[FIELDS_MAX];
    size_t reported = 0;
    size_t n;

    while (r->at < r->file.n) {
        size_t start = r->at;

        if (r->file.p[r->at] == '\n' || r->file.p[r->at] == '\r') {
            r->at++;
            continue;
        }
        const char *wrong = scan_record(r->file, &r->at, fields, &n);
        if (!wrong && !message_is_time(fields[COLUMN_TIME].raw) &&
            !is_capitals(fields[COLUMN_SEVERITY].raw))
            wrong = "the record does not begin with a time stamp";
        if (wrong) {
            r->sink->error(r->sink->arg, start, line_end(r->file, start),
                           wrong);
            resync(r, start, r->at);
        } else if (!emit(r, fields, n, start)) {
            return false;
        }
        if (r->sink->progress && r->at - reported > PROGRESS_STEP) {
            reported = r->at;
            r->sink->progress(r->sink->arg, r->at);
        }
    }
    return true;
}

static size_t skip_bom(struct tl_str s)
{
    return s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static bool csvlog_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.file = file, .at = skip_bom(file), .sink = sink};

    message_init(&r.state, file);
    buf_init(&r.message, 0);
    buf_init(&r.detail, 0);
    buf_init(&r.query, 0);
    bool whole = read_records(&r);
    buf_release(&r.message);
    buf_release(&r.detail);
    buf_release(&r.query);
    message_release(&r.state);
    return whole;
}

/* Enough columns for the severity to stand in its place, or a whole record. */
static bool looks_like_record(struct tl_str head, size_t at)
{
    struct field fields[FIELDS_MAX];
    size_t n = 0;

    if (!message_is_time((struct tl_str){head.p + at, head.n - at}))
        return false;
    const char *wrong = scan_record(head, &at, fields, &n);
    if (!wrong)
        return true;
    /* The head may end inside of the first message. */
    return at >= head.n && n > COLUMN_SEVERITY &&
           fields[COLUMN_SEVERITY].raw.n > 0;
}

static bool csvlog_sniff(struct tl_str head)
{
    size_t at = skip_bom(head);

    /* A file may begin in the middle of a record. */
    for (int line = 0; line < 16 && at < head.n; line++) {
        if (looks_like_record(head, at))
            return true;
        at = line_end(head, at) + 1;
    }
    return false;
}

const struct input_format input_csvlog = {
    .sniff = csvlog_sniff,
    .read = csvlog_read,
};
