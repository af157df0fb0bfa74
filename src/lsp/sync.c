/*
 * sync.c - what the client tells of documents and files.
 */
#include "lsp/sync.h"

#include "lsp/answers.h"

#include <string.h>

static struct tl_str text_of(const cJSON *from)
{
    const char *text = wire_string(from, "text");

    return text ? (struct tl_str){text, strlen(text)} : TL_NONE;
}

static void read_version(struct document *d, const cJSON *params)
{
    const cJSON *version = wire_get(params, "textDocument.version");

    d->has_version = cJSON_IsNumber(version);
    if (d->has_version)
        d->version = version->valueint;
}

/* Who asks for diagnostics himself is told to ask again. */
static void files_changed(struct session *s)
{
    histories_forget(&s->histories);
    session_changed(s);
    if (!s->client.pulls || !s->client.refreshes)
        return;
    json_null(wire_request(&s->wire, "workspace/diagnostic/refresh"));
    wire_send(&s->wire);
}

void sync_open(struct session *s, const cJSON *params)
{
    const char *uri = wire_string(params, "textDocument.uri");
    const char *language = wire_string(params, "textDocument.languageId");
    const cJSON *item = wire_get(params, "textDocument");

    if (!uri || !text_of(item).p)
        return;
    read_version(session_open(s, uri, language ? language : "", text_of(item)),
                 params);
}

/* Without a range it is the whole text. */
static void apply_change(const struct session *s, struct document *d,
                         const cJSON *change)
{
    struct tl_str by = text_of(change);
    struct place start;
    struct place end;

    if (!by.p)
        return;
    if (!wire_get(change, "range")) {
        text_replace(&d->text, 0, d->text.s.n, by);
        return;
    }
    if (!wire_count(change, "range.start.line", &start.line) ||
        !wire_count(change, "range.start.character", &start.character) ||
        !wire_count(change, "range.end.line", &end.line) ||
        !wire_count(change, "range.end.character", &end.character))
        return;
    size_t from = text_offset(&d->text, start, s->encoding);
    size_t to = text_offset(&d->text, end, s->encoding);
    text_replace(&d->text, from, to, by);
}

void sync_change(struct session *s, const cJSON *params)
{
    struct document *d =
        session_document(s, wire_string(params, "textDocument.uri"));
    const cJSON *change;

    if (!d)
        return;
    cJSON_ArrayForEach(change, wire_get(params, "contentChanges"))
    {
        apply_change(s, d, change);
    }
    read_version(d, params);
    d->edited = true;
    session_changed(s);
}

void sync_save(struct session *s, const cJSON *params)
{
    (void)params;
    files_changed(s);
}

void sync_close(struct session *s, const cJSON *params)
{
    const char *uri = wire_string(params, "textDocument.uri");
    struct document *d = session_document(s, uri);

    if (!d)
        return;
    session_close(s, d);
    if (!s->client.pulls)
        diagnostics_clear(s, uri);
}

void sync_watched(struct session *s, const cJSON *params)
{
    (void)params;
    files_changed(s);
}

void sync_configuration(struct session *s, const cJSON *params)
{
    (void)params;
    files_changed(s);
}

void sync_folders(struct session *s, const cJSON *params)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, wire_get(params, "event.removed"))
    {
        if (wire_string(item, "uri"))
            session_remove_root(s, wire_string(item, "uri"));
    }
    cJSON_ArrayForEach(item, wire_get(params, "event.added"))
    {
        if (wire_string(item, "uri"))
            session_add_root(s, wire_string(item, "uri"));
    }
    files_changed(s);
}
