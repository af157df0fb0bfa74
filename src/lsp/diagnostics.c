/*
 * diagnostics.c - findings as diagnostics, sent or asked for.
 */
#include "base/xxh.h"
#include "lsp/answers.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int severity_of(enum tl_severity severity)
{
    switch (severity) {
    case TL_ERROR:
        return 1;
    case TL_WARNING:
        return 2;
    case TL_NOTE:
    case TL_OFF:
        break;
    }
    return 3;
}

/* Message, detail and help, a line each: editors show no more than this. */
static void put_message(struct json *j, const struct tl_finding *f)
{
    struct buf text;

    buf_init(&text, 0);
    show_text(&text, f->message);
    if (f->detail.n) {
        buf_char(&text, '\n');
        show_text(&text, f->detail);
    }
    if (f->help.n) {
        buf_puts(&text, "\nhelp: ");
        show_text(&text, f->help);
    }
    json_key(j, "message");
    json_str(j, buf_view(&text));
    buf_release(&text);
}

static void put_link(struct json *j, const struct tl_rule *rule)
{
    struct buf uri;

    buf_init(&uri, 0);
    put_rule_uri(rule, &uri);
    json_key(j, "codeDescription");
    json_begin_object(j);
    json_key(j, "href");
    json_cstr(j, uri.p);
    json_end_object(j);
    buf_release(&uri);
}

static void put_related(struct session *s, struct json *j,
                        const struct question *q, const struct tl_related *r)
{
    struct buf text;

    buf_init(&text, 0);
    json_key(j, "relatedInformation");
    json_begin_array(j);
    for (; r; r = r->next) {
        json_begin_object(j);
        json_key(j, "location");
        put_location(s, j, q, r->span);
        buf_clear(&text);
        show_text(&text, r->message);
        json_key(j, "message");
        json_str(j, buf_view(&text));
        json_end_object(j);
    }
    json_end_array(j);
    buf_release(&text);
}

void put_diagnostic(struct session *s, struct json *j, const struct question *q,
                    const struct tl_finding *f)
{
    json_begin_object(j);
    json_key(j, "range");
    put_span(s, j, q, f->span);
    json_key(j, "severity");
    json_int(j, severity_of(f->severity));
    json_key(j, "code");
    json_cstr(j, f->rule->id);
    if (s->client.shows_links)
        put_link(j, f->rule);
    json_key(j, "source");
    json_cstr(j, "tusklint");
    put_message(j, f);
    if (s->client.shows_tags &&
        strcmp(f->rule->name, "unused-suppression") == 0) {
        json_key(j, "tags");
        json_raw(j, TL_STR("[1]")); /* unnecessary */
    }
    if (s->client.shows_related && f->related)
        put_related(s, j, q, f->related);
    json_end_object(j);
}

bool is_shown(const struct analysis *a, const struct tl_finding *f)
{
    return f->span.source == a->source;
}

/* What is no SQL, and none of the captures that we know, is not ours. */
static bool is_ours(const struct question *q)
{
    const char *kind = tl_source_kind(q->analysis->linter, q->analysis->source);

    return q->document->is_sql || strcmp(kind, "unknown") != 0;
}

static void put_all(struct session *s, struct json *j, const struct question *q)
{
    const struct tl_linter *l = q->analysis->linter;

    json_begin_array(j);
    for (size_t i = 0; is_ours(q) && i < tl_finding_count(l); i++)
        if (is_shown(q->analysis, tl_finding_at(l, i)))
            put_diagnostic(s, j, q, tl_finding_at(l, i));
    json_end_array(j);
}

static struct json *begin_publish(struct session *s, const char *uri)
{
    struct json *j =
        wire_notification(&s->wire, "textDocument/publishDiagnostics");

    json_begin_object(j);
    json_key(j, "uri");
    json_cstr(j, uri);
    return j;
}

void diagnostics_publish(struct session *s, struct document *d)
{
    struct tl_error error;
    struct question q = {.document = d, .analysis = analysis_of(s, d, &error)};

    d->edited = false;
    d->shown = s->revision;
    if (!q.analysis)
        return;
    struct json *j = begin_publish(s, d->uri);
    if (d->has_version) {
        json_key(j, "version");
        json_int(j, d->version);
    }
    json_key(j, "diagnostics");
    put_all(s, j, &q);
    json_end_object(j);
    wire_send(&s->wire);
}

void diagnostics_clear(struct session *s, const char *uri)
{
    struct json *j = begin_publish(s, uri);

    json_key(j, "diagnostics");
    json_begin_array(j);
    json_end_array(j);
    json_end_object(j);
    wire_send(&s->wire);
}

/* What a client has already, it need not be sent again. */
void diagnostics_answer(struct session *s, const cJSON *id, const cJSON *params)
{
    const char *previous = wire_string(params, "previousResultId");
    struct question q;
    struct buf items;
    struct json list;
    char result_id[17];

    if (!question_read(s, id, params, &q))
        return;
    buf_init(&items, 0);
    json_init(&list, &items, false);
    put_all(s, &list, &q);
    snprintf(result_id, sizeof(result_id), "%016" PRIx64,
             (uint64_t)XXH3_64bits(items.p, items.n));
    bool same = previous && strcmp(previous, result_id) == 0;
    struct json *j = wire_result(&s->wire, id);
    json_begin_object(j);
    json_key(j, "kind");
    json_cstr(j, same ? "unchanged" : "full");
    json_key(j, "resultId");
    json_cstr(j, result_id);
    if (!same) {
        json_key(j, "items");
        json_raw(j, buf_view(&items));
    }
    json_end_object(j);
    wire_send(&s->wire);
    buf_release(&items);
}
