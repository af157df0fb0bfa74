/*
 * trace.c - what applications say of their queries: JSON lines of one's own
 * (docs/traces.md), and OpenTelemetry's spans as OTLP/JSON.
 *
 * Both have what a server's log lacks: the request that a query belongs to. A
 * span is a query when it has db.query.text (or db.statement, as it was called
 * before semantic conventions 1.24).
 */
#include "base/scan.h"
#include "input/message.h"

#include <math.h>
#include <stdlib.h>

struct query {
    struct log_field sql;
    struct tl_str trace;
    struct tl_str request;
    struct tl_str route;
    struct tl_str session;
    struct tl_str application;
    int64_t end_us;
    double ms;
    double rows;
    bool has_parameters;
    size_t start;
    size_t end;
};

struct reader {
    struct tl_str file;
    struct scan scan;
    struct message_state state;
    struct buf sql;
    struct buf parameters; /* "$1 = 'x', $2 = NULL", as a log has them */
    unsigned n_parameters;
    const struct input_sink *sink;
};

static struct tl_str raw_string(const struct reader *r, struct scan_token t)
{
    return (struct tl_str){r->file.p + t.start + 1, t.end - t.start - 2};
}

static bool is_key(const struct reader *r, struct scan_token t, const char *key)
{
    return t.kind == SCAN_STRING && tl_str_is(raw_string(r, t), key);
}

static bool is_punct(struct scan_token t, char c)
{
    return t.kind == SCAN_PUNCT && t.punct == c;
}

/* A text's value, and nothing of any other kind. */
static struct tl_str text_of(const struct reader *r, struct scan_token t)
{
    return t.kind == SCAN_STRING ? raw_string(r, t) : TL_NONE;
}

/* Numbers may stand in quotes: OTLP writes 64 bits so. */
static double number_of(const struct reader *r, struct scan_token t)
{
    char digits[64];
    char *end;
    struct tl_str s =
        t.kind == SCAN_STRING
            ? raw_string(r, t)
            : (struct tl_str){r->file.p + t.start, t.end - t.start};

    if ((t.kind != SCAN_STRING && t.kind != SCAN_NUMBER) || !s.n ||
        s.n >= sizeof(digits))
        return -1;
    memcpy(digits, s.p, s.n);
    digits[s.n] = '\0';
    double value = strtod(digits, &end);
    return *end || !isfinite(value) ? -1 : value;
}

static void set_sql(struct reader *r, struct query *q, struct scan_token t)
{
    struct tl_str raw = raw_string(r, t);

    q->sql = (struct log_field){.text = raw, .plain = true};
    q->sql.map.base = t.start + 1;
    q->sql.map.encoding = TEXT_JSON;
    q->sql.end = t.end - 1;
    if (!memchr(raw.p, '\\', raw.n))
        return;
    json_decode(raw, &r->sql);
    q->sql.text = buf_view(&r->sql);
    q->sql.plain = false;
}

/* One value as the server's log would have written it. */
static void add_parameter(struct reader *r, struct scan_token t)
{
    struct tl_str s = {r->file.p + t.start, t.end - t.start};

    buf_printf(&r->parameters, "%s$%u = ", r->n_parameters ? ", " : "",
               r->n_parameters + 1);
    r->n_parameters++;
    if (scan_is_word(&r->scan, t, "null")) {
        buf_puts(&r->parameters, "NULL");
        return;
    }
    if (t.kind == SCAN_STRING)
        s = raw_string(r, t);
    buf_char(&r->parameters, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\'')
            buf_char(&r->parameters, '\'');
        buf_char(&r->parameters, s.p[i]);
    }
    buf_char(&r->parameters, '\'');
}

/* [4, "x", null, {...}]: whatever is nested stands for itself as text. */
static void take_parameters(struct reader *r, struct query *q)
{
    q->has_parameters = true;
    for (;;) {
        struct scan_token t = scan_next(&r->scan);

        if (is_punct(t, ',') && t.kind == SCAN_PUNCT)
            continue;
        if (is_punct(t, ']') || t.kind == SCAN_END || t.kind == SCAN_BAD)
            return;
        size_t start = t.start;
        scan_skip(&r->scan, t);
        if (t.kind == SCAN_PUNCT)
            t = (struct scan_token){SCAN_WORD, start, r->scan.at, 0};
        add_parameter(r, t);
    }
}

static void begin(struct reader *r, struct query *q, size_t start)
{
    *q = (struct query){
        .end_us = EVENT_NO_TIME, .ms = -1, .rows = -1, .start = start};
    buf_clear(&r->parameters);
    r->n_parameters = 0;
}

static bool emit(struct reader *r, const struct query *q)
{
    struct event e = {.kind = EVENT_EXECUTE, .time_us = q->end_us};

    if (!q->sql.text.n)
        return true;
    e.ms = q->ms;
    e.rows = q->rows;
    e.session = q->session;
    e.application = q->application;
    e.trace = q->trace.n ? q->trace : q->request;
    e.route = q->route;
    e.sql = q->sql.text;
    e.map = q->sql.map;
    e.span = (struct tl_span){q->sql.map.base, q->sql.end, 0};
    if (q->has_parameters)
        e.parameters =
            r->n_parameters ? buf_view(&r->parameters) : (struct tl_str){"", 0};
    e.record_start = q->start;
    e.record_end = q->end;
    return r->sink->event(r->sink->arg, &e);
}

/* "2026-11-20T21:32:30.309Z" */
static int64_t iso_time(struct reader *r, struct tl_str s)
{
    char copy[32];
    size_t n = s.n < sizeof(copy) ? s.n : sizeof(copy);

    if (n < 19)
        return EVENT_NO_TIME;
    memcpy(copy, s.p, n);
    if (copy[10] == 'T')
        copy[10] = ' ';
    return message_time(&r->state, (struct tl_str){copy, n});
}

/* ---- lines of one's own ---- */

static void take_member(struct reader *r, struct query *q,
                        struct scan_token key, struct scan_token v)
{
    if (is_key(r, key, "sql") && v.kind == SCAN_STRING)
        set_sql(r, q, v);
    else if (is_key(r, key, "trace_id"))
        q->trace = text_of(r, v);
    else if (is_key(r, key, "request_id"))
        q->request = text_of(r, v);
    else if (is_key(r, key, "route"))
        q->route = text_of(r, v);
    else if (is_key(r, key, "session"))
        q->session = text_of(r, v);
    else if (is_key(r, key, "application"))
        q->application = text_of(r, v);
    else if (is_key(r, key, "ts"))
        q->end_us = iso_time(r, text_of(r, v));
    else if (is_key(r, key, "duration_ms"))
        q->ms = number_of(r, v);
    else if (is_key(r, key, "rows"))
        q->rows = number_of(r, v);
}

/* Behind an object's brace: the next member, its value's first token read;
   false behind the last. `broken` is set when it is none. */
static bool next_member(struct reader *r, struct scan_token *key,
                        struct scan_token *value, bool *broken)
{
    struct scan_token t = scan_next(&r->scan);

    if (is_punct(t, ','))
        t = scan_next(&r->scan);
    if (is_punct(t, '}'))
        return false;
    struct scan_token colon = scan_next(&r->scan);
    *key = t;
    *value = scan_next(&r->scan);
    *broken = t.kind != SCAN_STRING || !is_punct(colon, ':') ||
              value->kind == SCAN_END || value->kind == SCAN_BAD;
    return !*broken;
}

static bool read_object(struct reader *r, struct query *q)
{
    struct scan_token key;
    struct scan_token value;
    bool broken = false;

    while (next_member(r, &key, &value, &broken)) {
        if (is_key(r, key, "params") && is_punct(value, '['))
            take_parameters(r, q);
        else if (value.kind == SCAN_PUNCT)
            scan_skip(&r->scan, value);
        else
            take_member(r, q, key, value);
    }
    q->end = r->scan.at;
    return !broken;
}

static size_t line_end(struct tl_str s, size_t at)
{
    const char *newline = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;

    return newline ? (size_t)(newline - s.p) : s.n;
}

static bool read_lines(struct reader *r)
{
    for (size_t at = 0; at < r->file.n;) {
        size_t end = line_end(r->file, at);
        struct query q;

        begin(r, &q, at);
        r->scan = (struct scan){{r->file.p, end}, at};
        struct scan_token t = scan_next(&r->scan);
        if (is_punct(t, '{') && read_object(r, &q)) {
            if (!emit(r, &q))
                return false;
        } else if (t.kind != SCAN_END) {
            r->sink->error(r->sink->arg, at, end, "the line is no JSON object");
        }
        if (r->sink->progress)
            r->sink->progress(r->sink->arg, at);
        at = end + 1;
    }
    return true;
}

/* ---- OTLP/JSON ---- */

/* {"stringValue":"x"}: the token inside, or of an array its first one. */
static struct scan_token any_value(struct reader *r, struct query *q,
                                   bool parameters)
{
    struct scan_token key;
    struct scan_token value;
    struct scan_token found = {.kind = SCAN_END};
    bool broken = false;

    while (next_member(r, &key, &value, &broken)) {
        if (parameters && is_punct(value, '{') &&
            is_key(r, key, "arrayValue")) {
            /* {"values":[{"stringValue":"4"}, ...]} */
            while (next_member(r, &key, &value, &broken)) {
                if (!is_punct(value, '[')) {
                    scan_skip(&r->scan, value);
                    continue;
                }
                q->has_parameters = true;
                for (;;) {
                    struct scan_token t = scan_next(&r->scan);

                    if (is_punct(t, '{'))
                        add_parameter(r, any_value(r, q, false));
                    else if (!is_punct(t, ','))
                        break;
                }
            }
        } else if (value.kind == SCAN_PUNCT) {
            scan_skip(&r->scan, value);
        } else {
            found = value;
        }
    }
    return found;
}

/* {"key":"db.query.text","value":{...}} */
static void read_attribute(struct reader *r, struct query *q)
{
    struct scan_token key;
    struct scan_token value;
    struct scan_token name = {.kind = SCAN_END};
    bool broken = false;

    while (next_member(r, &key, &value, &broken)) {
        if (is_key(r, key, "key")) {
            name = value;
        } else if (is_key(r, key, "value") && is_punct(value, '{')) {
            struct scan_token v =
                any_value(r, q, is_key(r, name, "db.postgresql.values"));

            if (v.kind == SCAN_STRING && (is_key(r, name, "db.query.text") ||
                                          is_key(r, name, "db.statement")))
                set_sql(r, q, v);
            else if (is_key(r, name, "db.response.returned_rows"))
                q->rows = number_of(r, v);
        } else {
            scan_skip(&r->scan, value);
        }
    }
}

static void read_attributes(struct reader *r, struct query *q)
{
    for (;;) {
        struct scan_token t = scan_next(&r->scan);

        if (is_punct(t, '{'))
            read_attribute(r, q);
        else if (!is_punct(t, ','))
            return;
    }
}

static bool read_span(struct reader *r, size_t start)
{
    struct scan_token key;
    struct scan_token value;
    struct query q;
    double began = -1;
    double ended = -1;
    bool broken = false;

    begin(r, &q, start);
    while (next_member(r, &key, &value, &broken)) {
        if (is_key(r, key, "attributes") && is_punct(value, '['))
            read_attributes(r, &q);
        else if (value.kind == SCAN_PUNCT)
            scan_skip(&r->scan, value);
        else if (is_key(r, key, "traceId"))
            q.trace = text_of(r, value);
        else if (is_key(r, key, "startTimeUnixNano"))
            began = number_of(r, value);
        else if (is_key(r, key, "endTimeUnixNano"))
            ended = number_of(r, value);
    }
    q.end = r->scan.at;
    if (ended > 0 && ended < 9e18)
        q.end_us = (int64_t)(ended / 1000);
    if (began > 0 && ended >= began)
        q.ms = (ended - began) / 1e6;
    return emit(r, &q);
}

/* Whatever is around them, spans stand in arrays of that name. */
static bool read_otlp(struct reader *r)
{
    for (;;) {
        struct scan_token t = scan_next(&r->scan);

        if (t.kind == SCAN_END)
            return true;
        if (t.kind == SCAN_BAD) {
            r->sink->error(r->sink->arg, t.start, r->file.n,
                           "the JSON breaks off or is damaged from here on");
            return true;
        }
        if (!is_key(r, t, "spans") || !is_punct(scan_next(&r->scan), ':') ||
            !is_punct(scan_next(&r->scan), '['))
            continue;
        for (;;) {
            t = scan_next(&r->scan);
            if (is_punct(t, '{')) {
                if (!read_span(r, t.start))
                    return false;
            } else if (!is_punct(t, ',')) {
                break;
            }
        }
    }
}

/* ---- the format ---- */

static bool has(struct tl_str head, const char *word)
{
    return memmem(head.p, head.n, word, strlen(word)) != NULL;
}

static bool is_otlp(struct tl_str head)
{
    return has(head, "\"resourceSpans\"") || has(head, "\"scopeSpans\"");
}

static bool trace_read(struct tl_str file, const struct input_sink *sink)
{
    struct tl_str head = {file.p, file.n < 4096 ? file.n : 4096};
    struct reader r = {.file = file, .scan = {file, 0}, .sink = sink};

    message_init(&r.state, file);
    buf_init(&r.sql, 0);
    buf_init(&r.parameters, 0);
    bool whole = is_otlp(head) ? read_otlp(&r) : read_lines(&r);
    buf_release(&r.sql);
    buf_release(&r.parameters);
    message_release(&r.state);
    return whole;
}

static bool trace_sniff(struct tl_str head)
{
    if (!head.n || (head.p[0] != '{' && head.p[0] != '['))
        return false;
    return is_otlp(head) ||
           (has(head, "\"sql\"") &&
            (has(head, "\"trace_id\"") || has(head, "\"request_id\"") ||
             has(head, "\"duration_ms\"")));
}

const struct input_format input_trace = {
    .sniff = trace_sniff,
    .read = trace_read,
};
