/*
 * rdjson.c - diagnostics as reviewdog reads them: rdjson is one document,
 * rdjsonl one diagnostic a line.
 *
 * Columns count bytes of UTF-8 from 1, an end is the place behind. reviewdog
 * posts messages as comments, in Markdown. A suggestion replaces one range: a
 * fix of several edits becomes one that spans them all.
 */
#include "base/json.h"
#include "report/markup.h"
#include "report/report.h"

/* What a comment can show. */
#define SUGGESTION_MAX ((size_t)64 << 10)

struct writer {
    const struct report_run *run;
    FILE *file;
    struct buf out;
    struct json json;
    bool lines; /* rdjsonl */
};

static void add_member(struct json *j, const char *key, const char *value)
{
    json_key(j, key);
    json_cstr(j, value);
}

static void add_position(struct json *j, const char *key, struct source *s,
                         uint64_t offset)
{
    struct source_position p = source_position(s, offset, SOURCE_BYTES);

    json_key(j, key);
    json_begin_object(j);
    json_key(j, "line");
    json_int(j, p.line);
    json_key(j, "column");
    json_int(j, p.column);
    json_end_object(j);
}

static void add_range(struct json *j, struct source *s, struct tl_span span)
{
    json_key(j, "range");
    json_begin_object(j);
    add_position(j, "start", s, span.start);
    add_position(j, "end", s, span.end);
    json_end_object(j);
}

static void add_location(struct writer *w, struct tl_span span)
{
    struct json *j = &w->json;
    struct source *s = report_source(w->run, span);

    json_key(j, "location");
    json_begin_object(j);
    add_member(j, "path", s ? s->path : ".");
    if (s)
        add_range(j, s, report_span(s, span));
    json_end_object(j);
}

static void add_text(struct json *j, const char *key, struct tl_str first,
                     const struct tl_finding *f)
{
    struct buf text;

    buf_init(&text, 0);
    markup_message(&text, first);
    if (f && f->detail.n) {
        buf_puts(&text, "\n\n");
        markup_message(&text, f->detail);
    }
    if (f && f->help.n) {
        buf_puts(&text, "\n\nHelp: ");
        markup_message(&text, f->help);
    }
    json_key(j, key);
    json_str(j, buf_view(&text));
    buf_release(&text);
}

static void add_source(struct writer *w)
{
    json_key(&w->json, "source");
    json_begin_object(&w->json);
    add_member(&w->json, "name", "tusklint");
    if (w->run->home_uri)
        add_member(&w->json, "url", w->run->home_uri);
    json_end_object(&w->json);
}

static void add_code(struct writer *w, const struct tl_rule *rule)
{
    struct buf url;

    json_key(&w->json, "code");
    json_begin_object(&w->json);
    add_member(&w->json, "value", rule->id);
    if (w->run->home_uri) {
        buf_init(&url, 0);
        buf_puts(&url, w->run->home_uri);
        report_rule_page(&url, rule);
        json_key(&w->json, "url");
        json_str(&w->json, buf_view(&url));
        buf_release(&url);
    }
    json_end_object(&w->json);
}

/* ---- suggestions ---- */

/* From the first edit to the last; false when they are not of one file. */
static bool span_of(const struct tl_fix *fix, struct source *s,
                    struct tl_span *out)
{
    *out = report_span(s, fix->edits->span);
    for (const struct tl_edit *e = fix->edits; e; e = e->next) {
        if (e->span.source != fix->edits->span.source)
            return false;
        out->end = report_span(s, e->span).end;
    }
    return out->end >= out->start && out->end - out->start <= SUGGESTION_MAX;
}

static void add_replacement(struct json *j, const struct tl_fix *fix,
                            struct source *s, struct tl_span all)
{
    struct buf text;
    uint64_t at = all.start;

    buf_init(&text, 0);
    for (const struct tl_edit *e = fix->edits; e; e = e->next) {
        struct tl_span span = report_span(s, e->span);

        if (span.start > at)
            buf_add(&text, s->text.p + at, span.start - at);
        buf_str(&text, e->text);
        at = span.end;
    }
    json_key(j, "text");
    json_str(j, buf_view(&text));
    buf_release(&text);
}

static void add_suggestion(struct writer *w, const struct tl_fix *fix)
{
    struct json *j = &w->json;
    struct tl_span all;

    if (!fix || !fix->edits || fix->applicability == TL_MANUAL)
        return;
    struct source *s = report_source(w->run, fix->edits->span);
    if (!s || !span_of(fix, s, &all))
        return;
    json_key(j, "suggestions");
    json_begin_array(j);
    json_begin_object(j);
    add_range(j, s, all);
    add_replacement(j, fix, s, all);
    json_end_object(j);
    json_end_array(j);
}

static void add_related(struct writer *w, const struct tl_related *r)
{
    struct json *j = &w->json;

    if (!r)
        return;
    json_key(j, "related_locations");
    json_begin_array(j);
    for (; r; r = r->next) {
        json_begin_object(j);
        add_text(j, "message", r->message, NULL);
        add_location(w, r->span);
        json_end_object(j);
    }
    json_end_array(j);
}

/* ---- diagnostics ---- */

static const char *severity_of(enum tl_severity s)
{
    static const char *const names[] = {"INFO", "INFO", "WARNING", "ERROR"};

    return names[s];
}

static void begin_diagnostic(struct writer *w)
{
    json_begin_object(&w->json);
    if (w->lines)
        add_source(w);
}

static void end_diagnostic(struct writer *w)
{
    json_end_object(&w->json);
    if (w->lines)
        buf_char(&w->out, '\n');
    report_flush(&w->out, w->file);
}

static void add_finding(struct writer *w, const struct tl_finding *f)
{
    begin_diagnostic(w);
    add_text(&w->json, "message", f->message, f);
    add_location(w, f->span);
    add_member(&w->json, "severity", severity_of(f->severity));
    add_code(w, f->rule);
    add_suggestion(w, f->fix);
    add_related(w, f->related);
    end_diagnostic(w);
}

static void add_failure(struct writer *w, size_t at)
{
    struct json *j = &w->json;

    begin_diagnostic(w);
    add_text(j, "message", tl_str_c(w->run->failures[at]), NULL);
    json_key(j, "location");
    json_begin_object(j);
    add_member(j, "path", report_failure_path(w->run, at));
    json_end_object(j);
    add_member(j, "severity", "ERROR");
    end_diagnostic(w);
}

static void add_diagnostics(struct writer *w)
{
    for (size_t i = 0; i < w->run->n_failures; i++)
        add_failure(w, i);
    for (size_t i = 0; i < w->run->n_findings; i++)
        add_finding(w, w->run->findings[i]);
}

static void write_rdjson(const struct report_run *run, FILE *f)
{
    struct writer w = {.run = run, .file = f};

    buf_init(&w.out, 0);
    json_init(&w.json, &w.out, true);
    json_begin_object(&w.json);
    add_source(&w);
    add_member(&w.json, "severity", "WARNING");
    json_key(&w.json, "diagnostics");
    json_begin_array(&w.json);
    add_diagnostics(&w);
    json_end_array(&w.json);
    json_end_object(&w.json);
    buf_char(&w.out, '\n');
    report_flush(&w.out, f);
    buf_release(&w.out);
}

static void write_rdjsonl(const struct report_run *run, FILE *f)
{
    struct writer w = {.run = run, .file = f, .lines = true};

    buf_init(&w.out, 0);
    json_init(&w.json, &w.out, false);
    add_diagnostics(&w);
    buf_release(&w.out);
}

const struct reporter report_rdjson = {
    .name = "rdjson",
    .unit = SOURCE_BYTES,
    .write = write_rdjson,
};

const struct reporter report_rdjsonl = {
    .name = "rdjsonl",
    .unit = SOURCE_BYTES,
    .write = write_rdjsonl,
};
