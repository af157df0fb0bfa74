/*
 * json_parts.c - the objects that the JSON formats share.
 */
#include "report/json_parts.h"

#include "base/mem.h"

#include <inttypes.h>

static void add_position(struct json *j, struct source *s, const char *key,
                         uint64_t offset)
{
    struct source_position p = {1, 1};

    if (s)
        p = source_position(s, offset, SOURCE_CODEPOINTS);
    json_key(j, key);
    json_begin_object(j);
    json_key(j, "offset");
    json_int(j, (int64_t)offset);
    json_key(j, "line");
    json_int(j, p.line);
    json_key(j, "column");
    json_int(j, p.column);
    json_end_object(j);
}

static void add_range(struct json *j, const struct report_run *run,
                      struct tl_span span)
{
    struct source *s = report_source(run, span);

    if (s)
        span = report_span(s, span);
    add_position(j, s, "start", span.start);
    add_position(j, s, "end", span.end);
}

static void add_path(struct json *j, const struct report_run *run,
                     struct tl_span span)
{
    struct source *s = report_source(run, span);

    json_key(j, "path");
    json_cstr(j, s ? s->path : NULL);
}

static void add_text(struct json *j, const char *key, struct tl_str text)
{
    json_key(j, key);
    if (text.n)
        json_str(j, text);
    else
        json_null(j);
}

static const char *applicability(enum tl_applicability a)
{
    static const char *const names[] = {"safe", "unsafe", "manual"};

    return names[a];
}

static void add_fix(struct json *j, const struct report_run *run,
                    const struct tl_fix *fix)
{
    json_key(j, "fix");
    if (!fix) {
        json_null(j);
        return;
    }
    json_begin_object(j);
    json_key(j, "description");
    json_str(j, fix->title);
    json_key(j, "applicability");
    json_cstr(j, applicability(fix->applicability));
    json_key(j, "edits");
    json_begin_array(j);
    for (const struct tl_edit *e = fix->edits; e; e = e->next) {
        json_begin_object(j);
        add_path(j, run, e->span);
        add_range(j, run, e->span);
        json_key(j, "text");
        json_str(j, e->text);
        json_end_object(j);
    }
    json_end_array(j);
    json_end_object(j);
}

static void add_related(struct json *j, const struct report_run *run,
                        const struct tl_related *r)
{
    json_key(j, "related");
    json_begin_array(j);
    for (; r; r = r->next) {
        json_begin_object(j);
        add_path(j, run, r->span);
        add_range(j, run, r->span);
        json_key(j, "message");
        json_str(j, r->message);
        json_end_object(j);
    }
    json_end_array(j);
}

static void add_fingerprint(struct json *j, const struct tl_finding *f)
{
    char text[33];

    snprintf(text, sizeof(text), "%016" PRIx64 "%016" PRIx64, f->fingerprint[0],
             f->fingerprint[1]);
    json_key(j, "fingerprint");
    json_cstr(j, text);
}

void json_finding(struct json *j, const struct report_run *run,
                  const struct tl_finding *f)
{
    json_key(j, "rule");
    json_cstr(j, f->rule->id);
    json_key(j, "name");
    json_cstr(j, f->rule->name);
    json_key(j, "severity");
    json_cstr(j, report_severity_name(f->severity));
    json_key(j, "message");
    json_str(j, f->message);
    add_path(j, run, f->span);
    add_range(j, run, f->span);
    add_text(j, "detail", f->detail);
    add_text(j, "help", f->help);
    add_text(j, "object", f->object);
    add_fix(j, run, f->fix);
    add_related(j, run, f->related);
    add_fingerprint(j, f);
}

/* A negative number is one that the capture does not tell. */
static void add_number(struct json *j, const char *key, double x)
{
    json_key(j, key);
    if (x >= 0)
        json_double(j, x);
    else
        json_null(j);
}

static void add_place(struct json *j, const struct report_run *run,
                      const char *key, struct tl_span span)
{
    struct source *s = report_source(run, span);

    json_key(j, key);
    if (!s || span.start == span.end) {
        json_null(j);
        return;
    }
    json_begin_object(j);
    add_path(j, run, span);
    add_range(j, run, span);
    json_end_object(j);
}

static void add_seen(struct json *j, const char *key, const char *name,
                     const struct tl_seen *list, uint32_t n)
{
    json_key(j, key);
    json_begin_array(j);
    for (uint32_t i = 0; i < n; i++) {
        json_begin_object(j);
        json_key(j, name);
        json_str(j, list[i].text);
        json_key(j, "calls");
        json_int(j, (int64_t)list[i].calls);
        json_end_object(j);
    }
    json_end_array(j);
}

void json_query(struct json *j, const struct report_run *run,
                const struct tl_shape *q)
{
    char hash[17];

    snprintf(hash, sizeof(hash), "%016" PRIx64, q->hash);
    json_key(j, "shape");
    json_cstr(j, hash);
    json_key(j, "query");
    json_str(j, q->display);
    json_key(j, "calls");
    json_int(j, (int64_t)q->calls);
    json_key(j, "errors");
    json_int(j, (int64_t)q->errors);
    add_number(j, "total_ms", q->total_ms);
    add_number(j, "mean_ms",
               q->total_ms >= 0 && q->calls ? q->total_ms / (double)q->calls
                                            : -1);
    add_number(j, "p95_ms", q->p95_ms);
    add_number(j, "max_ms", q->max_ms);
    add_number(j, "rows", q->rows);
    add_place(j, run, "first", q->span);
    add_place(j, run, "last", q->last);
    json_key(j, "parameters");
    json_begin_array(j);
    for (uint32_t i = 0; i < q->n_parameters; i++)
        json_str(j, q->parameters[i].text);
    json_end_array(j);
    add_seen(j, "applications", "name", q->applications, q->n_applications);
    add_seen(j, "routes", "name", q->routes, q->n_routes);
    json_key(j, "findings");
    json_int(j, (int64_t)report_findings_of(run, q));
}

void json_failure(struct json *j, const struct report_run *run, size_t at)
{
    json_key(j, "path");
    json_cstr(j, run->failure_paths ? run->failure_paths[at] : NULL);
    json_key(j, "message");
    json_cstr(j, run->failures[at]);
}

void json_trouble(struct json *j, const struct report_run *run,
                  const struct tl_finding *f)
{
    add_path(j, run, f->span);
    add_range(j, run, f->span);
    json_key(j, "message");
    json_str(j, f->message);
}

void json_tool(struct json *j, const struct report_run *run)
{
    json_key(j, "version");
    json_int(j, 1);
    json_key(j, "tool");
    json_begin_object(j);
    json_key(j, "name");
    json_cstr(j, "tusklint");
    json_key(j, "version");
    json_cstr(j, run->version);
    json_key(j, "parser");
    json_cstr(j, run->parser);
    json_end_object(j);
}

static void add_statistics(struct json *j, const struct report_run *run)
{
    size_t n;
    struct report_tally *t = report_tallies(run, &n);

    json_key(j, "statistics");
    json_begin_array(j);
    for (size_t i = 0; i < n; i++) {
        json_begin_object(j);
        json_key(j, "rule");
        json_cstr(j, t[i].rule->id);
        json_key(j, "name");
        json_cstr(j, t[i].rule->name);
        json_key(j, "findings");
        json_int(j, (int64_t)t[i].n);
        json_end_object(j);
    }
    json_end_array(j);
    mem_free(t);
}

void json_summary(struct json *j, const struct report_run *run)
{
    struct report_counts c;

    report_count(run, &c);

    json_key(j, "files");
    json_int(j, (int64_t)run->n_files);
    json_key(j, "errors");
    json_int(j, (int64_t)c.by_severity[TL_ERROR]);
    json_key(j, "warnings");
    json_int(j, (int64_t)c.by_severity[TL_WARNING]);
    json_key(j, "notes");
    json_int(j, (int64_t)c.by_severity[TL_NOTE]);
    json_key(j, "suppressed");
    json_int(j, (int64_t)run->n_suppressed);
    json_key(j, "notNew");
    json_int(j, (int64_t)run->n_not_new);
    if (run->statistics)
        add_statistics(j, run);
}
