/*
 * answers.c - what the answers share: questions, ranges, locations.
 */
#include "lsp/answers.h"

#include "report/report.h"
#include "report/sanitize.h"
#include "report/uri.h"

#include <string.h>

static bool read_place(const cJSON *from, struct place *p)
{
    return wire_count(from, "line", &p->line) &&
           wire_count(from, "character", &p->character);
}

/* A "position", a "range", or neither. */
static bool read_extent(const struct session *s, const cJSON *params,
                        struct question *q)
{
    const cJSON *start = wire_get(params, "position");
    const cJSON *end = start;
    struct place from;
    struct place to;

    if (!start && wire_get(params, "range")) {
        start = wire_get(params, "range.start");
        end = wire_get(params, "range.end");
    } else if (!start) {
        return true;
    }
    if (!read_place(start, &from) || !read_place(end, &to))
        return false;
    q->start = text_offset(&q->document->text, from, s->encoding);
    q->end = text_offset(&q->document->text, to, s->encoding);
    return true;
}

bool question_read(struct session *s, const cJSON *id, const cJSON *params,
                   struct question *q)
{
    const char *uri = wire_string(params, "textDocument.uri");
    struct tl_error error;

    memset(q, 0, sizeof(*q));
    if (!uri) {
        wire_error(&s->wire, id, WIRE_INVALID_PARAMS,
                   "textDocument.uri is missing");
        return false;
    }
    q->document = session_document(s, uri);
    if (!q->document) {
        wire_error(&s->wire, id, WIRE_INVALID_PARAMS,
                   "the document is not open");
        return false;
    }
    if (!read_extent(s, params, q)) {
        wire_error(&s->wire, id, WIRE_INVALID_PARAMS,
                   "a position is a line and a character, from 0");
        return false;
    }
    q->analysis = analysis_of(s, q->document, &error);
    if (!q->analysis)
        wire_error(&s->wire, id, WIRE_INVALID_REQUEST, error.message);
    return q->analysis != NULL;
}

static void put_place(struct json *j, const char *key, struct place p)
{
    json_key(j, key);
    json_begin_object(j);
    json_key(j, "line");
    json_int(j, (int64_t)p.line);
    json_key(j, "character");
    json_int(j, (int64_t)p.character);
    json_end_object(j);
}

void put_range(struct json *j, struct text *text, size_t start, size_t end,
               enum encoding e)
{
    json_begin_object(j);
    put_place(j, "start", text_place(text, start, e));
    put_place(j, "end", text_place(text, end, e));
    json_end_object(j);
}

void put_span(struct session *s, struct json *j, const struct question *q,
              struct tl_span span)
{
    put_range(j, &q->analysis->text, span.start, span.end, s->encoding);
}

void put_uri(const struct session *s, const struct question *q, uint32_t source,
             struct buf *out)
{
    const char *path = tl_source_path(q->analysis->linter, source);
    struct buf full;

    buf_clear(out);
    for (size_t i = 0; i < s->documents.n; i++) {
        const struct document *d = s->documents.v[i];

        if (d->root == q->document->root && strcmp(d->path, path) == 0) {
            buf_puts(out, d->uri);
            return;
        }
    }
    buf_init(&full, 0);
    session_full_path(q->document, path, &full);
    uri_path(out, full.p);
    buf_release(&full);
}

void put_location(struct session *s, struct json *j, const struct question *q,
                  struct tl_span span)
{
    struct buf uri;
    struct text text;

    buf_init(&uri, 0);
    put_uri(s, q, span.source, &uri);
    text_view(&text, tl_source_bytes(q->analysis->linter, span.source));
    json_begin_object(j);
    json_key(j, "uri");
    json_cstr(j, uri.p);
    json_key(j, "range");
    put_range(j, &text, span.start, span.end, s->encoding);
    json_end_object(j);
    text_release(&text);
    buf_release(&uri);
}

void put_rule_uri(const struct tl_rule *rule, struct buf *out)
{
    buf_printf(out, "%s/blob/main/rules/%s/%s.md", TL_HOME_URI,
               report_family_name(rule->family), rule->name);
}

void show_text(struct buf *out, struct tl_str s)
{
    while (s.n) {
        const char *newline = memchr(s.p, '\n', s.n);
        size_t n = newline ? (size_t)(newline - s.p) : s.n;

        sanitize(out, (struct tl_str){s.p, n});
        if (newline)
            buf_char(out, '\n');
        n += newline != NULL;
        s.p += n;
        s.n -= n;
    }
}
