/*
 * jsonlog.c - PostgreSQL's jsonlog (log_destination = jsonlog, since 15).
 *
 * One object a line. The scanner looks at the known keys of the top level
 * only; strings without escapes are views of the file, so a line costs a few
 * memchr. Numbers are not read at all: query_id does not fit a double.
 */
#include "input/message.h"

#define NESTING_MAX 64

enum key {
    KEY_OTHER,
    KEY_TIME,
    KEY_USER,
    KEY_DATABASE,
    KEY_SESSION,
    KEY_COMMAND,
    KEY_TRANSACTION,
    KEY_SEVERITY,
    KEY_MESSAGE,
    KEY_DETAIL,
    KEY_QUERY,
    KEY_APPLICATION,
    KEY_COUNT,
};

static const char *const key_names[KEY_COUNT] = {
    [KEY_OTHER] = "",
    [KEY_TIME] = "timestamp",
    [KEY_USER] = "user",
    [KEY_DATABASE] = "dbname",
    [KEY_SESSION] = "session_id",
    [KEY_COMMAND] = "ps",
    [KEY_TRANSACTION] = "vxid",
    [KEY_SEVERITY] = "error_severity",
    [KEY_MESSAGE] = "message",
    [KEY_DETAIL] = "detail",
    [KEY_QUERY] = "statement",
    [KEY_APPLICATION] = "application_name",
};

struct value {
    struct tl_str raw; /* inside of the quotes */
    bool escaped;
    bool present;
};

struct line {
    struct tl_str text; /* the file up to the line's end */
    size_t at;
    struct value values[KEY_COUNT];
};

struct reader {
    struct tl_str file;
    struct message_state state;
    struct buf buffers[KEY_COUNT];
    const struct input_sink *sink;
};

static void skip_blanks(struct line *l)
{
    while (l->at < l->text.n &&
           (l->text.p[l->at] == ' ' || l->text.p[l->at] == '\t' ||
            l->text.p[l->at] == '\r'))
        l->at++;
}

static bool take(struct line *l, char c)
{
    skip_blanks(l);
    if (l->at >= l->text.n || l->text.p[l->at] != c)
        return false;
    l->at++;
    return true;
}

static bool take_string(struct line *l, struct value *out)
{
    size_t start = l->at;
    size_t end;

    if (start >= l->text.n || l->text.p[start] != '"')
        return false;
    end = json_string_end(l->text, start, &out->escaped);
    if (!end)
        return false;
    out->raw = (struct tl_str){l->text.p + start + 1, end - start - 2};
    out->present = true;
    l->at = end;
    return true;
}

/* Numbers, words, objects, arrays: passed over, brackets counted. */
static bool skip_value(struct line *l)
{
    int depth = 0;
    size_t start = l->at;

    while (l->at < l->text.n) {
        char c = l->text.p[l->at];
        struct value ignored;

        if (c == '"') {
            if (!take_string(l, &ignored))
                return false;
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}'))
            return l->at > start;
        if (c == '{' || c == '[') {
            if (++depth > NESTING_MAX)
                return false;
        } else if ((c == '}' || c == ']') && --depth < 0) {
            return false;
        }
        l->at++;
    }
    return false;
}

static enum key key_of(struct tl_str name)
{
    for (int k = KEY_OTHER + 1; k < KEY_COUNT; k++)
        if (tl_str_is(name, key_names[k]))
            return (enum key)k;
    return KEY_OTHER;
}

static bool take_member(struct line *l)
{
    struct value name = {0};
    struct value value = {0};

    skip_blanks(l);
    if (!take_string(l, &name) || !take(l, ':'))
        return false;
    skip_blanks(l);
    if (l->at >= l->text.n)
        return false;
    if (l->text.p[l->at] != '"')
        return skip_value(l);
    if (!take_string(l, &value))
        return false;
    l->values[key_of(name.raw)] = value;
    return true;
}

/* False when the line is no object; l->at is then where it broke. */
static bool take_object(struct line *l)
{
    if (!take(l, '{'))
        return false;
    if (!take(l, '}')) {
        do {
            if (!take_member(l))
                return false;
        } while (take(l, ','));
        if (!take(l, '}'))
            return false;
    }
    skip_blanks(l);
    return l->at >= l->text.n;
}

static struct tl_str text_of(struct reader *r, const struct line *l, enum key k)
{
    const struct value *v = &l->values[k];

    if (!v->present)
        return TL_NONE;
    if (!v->escaped)
        return v->raw;
    json_decode(v->raw, &r->buffers[k]);
    return buf_view(&r->buffers[k]);
}

static struct log_field field_of(struct reader *r, const struct line *l,
                                 enum key k)
{
    const struct value *v = &l->values[k];
    struct log_field f = {.text = text_of(r, l, k), .plain = !v->escaped};

    if (!v->present)
        return f;
    f.map.base = (uint64_t)(v->raw.p - r->file.p);
    f.map.encoding = TEXT_JSON;
    f.end = f.map.base + v->raw.n;
    return f;
}

static bool emit(struct reader *r, const struct line *l, size_t start)
{
    struct log_record record = {.start = start, .end = l->text.n};
    struct event e;

    if (message_is_noise(l->values[KEY_MESSAGE].raw))
        return true;
    record.time = text_of(r, l, KEY_TIME);
    record.session = text_of(r, l, KEY_SESSION);
    record.command = text_of(r, l, KEY_COMMAND);
    record.severity = text_of(r, l, KEY_SEVERITY);
    record.transaction = text_of(r, l, KEY_TRANSACTION);
    record.application = text_of(r, l, KEY_APPLICATION);
    record.user = text_of(r, l, KEY_USER);
    record.database = text_of(r, l, KEY_DATABASE);
    record.message = field_of(r, l, KEY_MESSAGE);
    record.detail = field_of(r, l, KEY_DETAIL);
    record.query = field_of(r, l, KEY_QUERY);
    return !log_record_event(&r->state, &record, &e) ||
           r->sink->event(r->sink->arg, &e);
}

static size_t line_end(struct tl_str s, size_t at)
{
    const char *newline = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;

    return newline ? (size_t)(newline - s.p) : s.n;
}

static bool read_line(struct reader *r, size_t start, size_t end)
{
    struct line l = {.text = {r->file.p, end}, .at = start};

    skip_blanks(&l);
    if (l.at >= end)
        return true;
    if (take_object(&l))
        return emit(r, &l, start);
    r->sink->error(r->sink->arg, l.at < end ? l.at : start, end,
                   l.at < end ? "the line is no JSON object from here on"
                              : "the JSON object does not end");
    return true;
}

/* Several MiB of file between two reports of progress. */
#define PROGRESS_STEP ((size_t)8 << 20)

static size_t skip_bom(struct tl_str s)
{
    return s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

static bool jsonlog_read(struct tl_str file, const struct input_sink *sink)
{
    struct reader r = {.file = file, .sink = sink};
    size_t reported = 0;
    bool go_on = true;

    message_init(&r.state, file);
    for (int k = 0; k < KEY_COUNT; k++)
        buf_init(&r.buffers[k], 0);
    for (size_t at = skip_bom(file); go_on && at < file.n;) {
        size_t end = line_end(file, at);

        go_on = read_line(&r, at, end);
        at = end + 1;
        if (sink->progress && at - reported > PROGRESS_STEP) {
            reported = at;
            sink->progress(sink->arg, at);
        }
    }
    for (int k = 0; k < KEY_COUNT; k++)
        buf_release(&r.buffers[k]);
    message_release(&r.state);
    return go_on;
}

static bool jsonlog_sniff(struct tl_str head)
{
    size_t at = skip_bom(head);

    for (int line = 0; line < 16 && at < head.n; line++) {
        size_t end = line_end(head, at);
        struct line l = {.text = {head.p, end}, .at = at};

        /* The head may end inside of the first line. */
        take_object(&l);
        if (l.values[KEY_TIME].present && l.values[KEY_SEVERITY].present)
            return true;
        at = end + 1;
    }
    return false;
}

const struct input_format input_jsonlog = {
    .name = "jsonlog",
    .sniff = jsonlog_sniff,
    .read = jsonlog_read,
};
